# ruff: noqa: E501 (a table reads best one row a line)
"""Named kernels: whole numbers with a divisor, as the literature prints them.

They are written as cross-correlation weights: what stands at the right multiplies
the right-hand neighbour.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.declaration.parameters import Json
from engine.refusals import unknown
from engine.texts import Text


@dataclass(frozen=True)
class Kernel:
    """A kernel by name: rows of whole numbers, all divided by ``divisor``."""

    name: str
    rows: tuple[tuple[int, ...], ...]
    divisor: int
    title: Text
    summary: Text

    @property
    def values(self) -> NDArray[np.int64]:
        """The weights before division, shape (kh, kw)."""
        return np.array(self.rows, dtype=np.int64)

    def data(self) -> dict[str, Json]:
        """Return the kernel as GET /api/kernels gives it."""
        return {
            "name": self.name,
            "values": [list(row) for row in self.rows],
            "divisor": self.divisor,
            "texts": {"title": self.title.data(), "summary": self.summary.data()},
        }


def _rows(text: str) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(number) for number in row.split()) for row in text.split("/"))


_GAUSS_5 = "1 4 6 4 1 / 4 16 24 16 4 / 6 24 36 24 6 / 4 16 24 16 4 / 1 4 6 4 1"
_UNSHARP = "-1 -4 -6 -4 -1 / -4 -16 -24 -16 -4 / -6 -24 476 -24 -6 / -4 -16 -24 -16 -4 / -1 -4 -6 -4 -1"
_LOG = "0 0 1 0 0 / 0 1 2 1 0 / 1 2 -16 2 1 / 0 1 2 1 0 / 0 0 1 0 0"
_MOTION = " / ".join(" ".join("1" if row == column else "0" for column in range(9)) for row in range(9))
_BOX_5 = " / ".join(["1 1 1 1 1"] * 5)

# name | rows | divisor | English title | English line | Chinese title | Chinese line
_TABLE = f"""
identity | 0 0 0 / 0 1 0 / 0 0 0 | 1 | Identity | Leaves the picture as it is: a check that nothing else changes it. | 恒等 | 图像原样不变：用来验证没有别的改动。
box-3 | 1 1 1 / 1 1 1 / 1 1 1 | 9 | Box blur 3×3 | The plain mean of nine cells: smooths noise, and edges with it. | 均值模糊 3×3 | 九格的平均：抹平噪声，也抹平边缘。
box-5 | {_BOX_5} | 25 | Box blur 5×5 | The mean of 25 cells: a stronger, blocky blur. | 均值模糊 5×5 | 25 格的平均：更强、略显方块的模糊。
gauss-3 | 1 2 1 / 2 4 2 / 1 2 1 | 16 | Gauss 3×3 | A blur that weighs the middle most; gentler than the box. | 高斯 3×3 | 中间权重最大的模糊，比均值柔和。
gauss-5 | {_GAUSS_5} | 256 | Gauss 5×5 | A wider, round blur; often the first step before looking for edges. | 高斯 5×5 | 更宽的圆形模糊，常作为找边缘之前的第一步。
sharpen | 0 -1 0 / -1 5 -1 / 0 -1 0 | 1 | Sharpen | Adds what a cell differs from its neighbours by: details stand out. | 锐化 | 加上与邻格的差：细节更突出。
unsharp | {_UNSHARP} | 256 | Unsharp mask | The picture plus its difference from a Gauss blur: the photographer's sharpening. | 反锐化掩模 | 图像加上它与高斯模糊之差：摄影师的锐化。
emboss | -2 -1 0 / -1 1 1 / 0 1 2 | 1 | Emboss | Light from the upper left: slopes turn into relief. | 浮雕 | 光从左上照来：坡度变成浮雕。
sobel-x | -1 0 1 / -2 0 2 / -1 0 1 | 1 | Sobel x | Finds vertical edges: right minus left, smoothed downwards. | Sobel x | 找竖直边缘：右减左，上下平滑。
sobel-y | -1 -2 -1 / 0 0 0 / 1 2 1 | 1 | Sobel y | Finds horizontal edges: below minus above, smoothed sideways. | Sobel y | 找水平边缘：下减上，左右平滑。
prewitt-x | -1 0 1 / -1 0 1 / -1 0 1 | 1 | Prewitt x | Vertical edges with equal weights in every row. | Prewitt x | 找竖直边缘，每行权重相同。
prewitt-y | -1 -1 -1 / 0 0 0 / 1 1 1 | 1 | Prewitt y | Horizontal edges with equal weights in every column. | Prewitt y | 找水平边缘，每列权重相同。
scharr-x | -3 0 3 / -10 0 10 / -3 0 3 | 1 | Scharr x | Vertical edges, with weights that treat slanted ones more evenly than Sobel's. | Scharr x | 找竖直边缘，对斜边比 Sobel 更均匀。
laplacian-4 | 0 1 0 / 1 -4 1 / 0 1 0 | 1 | Laplacian, 4 neighbours | How much the neighbours exceed a cell: edges in all directions, and noise. | 拉普拉斯（4 邻域） | 邻格比本格多多少：各个方向的边缘，也有噪声。
laplacian-8 | 1 1 1 / 1 -8 1 / 1 1 1 | 1 | Laplacian, 8 neighbours | The same with the diagonal neighbours counted. | 拉普拉斯（8 邻域） | 同上，连对角的邻格也算。
outline | -1 -1 -1 / -1 8 -1 / -1 -1 -1 | 1 | Outline | The Laplacian turned round: bright where a cell stands out. | 轮廓 | 符号相反的拉普拉斯：突出的格变亮。
log-5 | {_LOG} | 1 | LoG 5×5 | Laplacian of a Gauss: smooths first, so it finds blobs and edges, not noise. | LoG 5×5 | 高斯的拉普拉斯：先平滑，找到斑点和边缘而不是噪声。
motion-blur | {_MOTION} | 9 | Motion blur | The mean along a diagonal: as if the camera had moved. | 运动模糊 | 沿对角线平均：好像相机移动了。
line-horizontal | -1 -1 -1 / 2 2 2 / -1 -1 -1 | 1 | Horizontal line | Answers to thin bright lines that run sideways. | 水平线 | 对横向的细亮线有反应。
line-vertical | -1 2 -1 / -1 2 -1 / -1 2 -1 | 1 | Vertical line | Answers to thin bright lines that run downwards. | 竖直线 | 对纵向的细亮线有反应。
line-diagonal | 2 -1 -1 / -1 2 -1 / -1 -1 2 | 1 | Diagonal line | Answers to thin bright lines from upper left to lower right. | 对角线 | 对从左上到右下的细亮线有反应。
corner-top-left | -4 -4 -4 / -4 5 5 / -4 5 5 | 1 | Corner, top left | Answers where a bright patch has its top left corner. | 左上角 | 在亮块的左上角处有反应。
corner-top-right | -4 -4 -4 / 5 5 -4 / 5 5 -4 | 1 | Corner, top right | Answers where a bright patch has its top right corner. | 右上角 | 在亮块的右上角处有反应。
corner-bottom-left | -4 5 5 / -4 5 5 / -4 -4 -4 | 1 | Corner, bottom left | Answers where a bright patch has its bottom left corner. | 左下角 | 在亮块的左下角处有反应。
corner-bottom-right | 5 5 -4 / 5 5 -4 / -4 -4 -4 | 1 | Corner, bottom right | Answers where a bright patch has its bottom right corner. | 右下角 | 在亮块的右下角处有反应。
textbook | 1 0 1 / 0 1 0 / 1 0 1 | 1 | Textbook 101/010/101 | The kernel most courses count through by hand. | 教科书 101/010/101 | 大多数课程手算时用的核。
"""


@cache
def kernels() -> dict[str, Kernel]:
    """Return all named kernels by name, in the order a menu shows them."""
    found: dict[str, Kernel] = {}
    for line in _TABLE.strip().splitlines():
        name, rows, divisor, title, summary, title_zh, summary_zh = (part.strip() for part in line.split("|"))
        found[name] = Kernel(
            name, _rows(rows), int(divisor), Text(title, title_zh), Text(summary, summary_zh)
        )
    return found


def kernel(name: str) -> Kernel:
    """Return the kernel called ``name``.

    Raises:
        UnknownName: if there is none; the message lists those there are.
    """
    found = kernels().get(name)
    if found is None:
        raise unknown("unknown_kernel", Text("kernel", "卷积核"), name, list(kernels()), "weights")
    return found
