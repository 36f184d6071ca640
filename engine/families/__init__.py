"""What operations of one family share: windows, pooling, kernels, channels, statistics, losses."""

from __future__ import annotations

from engine.families import channel_blocks
from engine.families.channels import CHANNEL_AXIS, channel_axis, identity_axes
from engine.families.elementwise import Elementwise, single_term
from engine.families.exponentials import DIM, AlongAxis, below_largest, log_shares, shares
from engine.families.kernel_inputs import (
    BIAS,
    DIVISOR,
    FITTING_CHANNELS,
    GROUPS,
    OUT_CHANNELS,
    SIZE,
    WEIGHT,
    KernelOperation,
    apply_per_map,
    check_groups,
    check_rank,
    follow,
    need_weights,
)
from engine.families.losses import (
    CLASSES,
    REDUCTION,
    ClassLoss,
    Examples,
    examples_of,
    expanded,
    layout_of_loss,
    loss_type,
    reduced,
    sources_of,
)
from engine.families.pooling import STRIDE_OF_POOL, Pooling, reduce_windows, share
from engine.families.statistics import (
    EPS,
    Scalars,
    Statistics,
    deviation,
    layout_of_norm,
    normalised,
    scaled,
    statistics_of,
    through_statistics,
    trace_of_norm,
)
from engine.families.windowed import (
    CEIL_MODE,
    DILATION,
    FLIP,
    INPUT,
    KERNEL_SIZE,
    PADDING,
    PADDING_MODE,
    STRIDE,
    SpatialOperation,
    WindowOperation,
    along,
    batched,
    picture_shape,
    read_cells,
    signal_shape,
    window_sources,
)

__all__ = ["BIAS", "CEIL_MODE", "CHANNEL_AXIS", "CLASSES", "DILATION", "DIM", "AlongAxis", "ClassLoss"]
__all__ += ["DIVISOR", "EPS", "FITTING_CHANNELS", "FLIP", "GROUPS", "INPUT", "Elementwise", "Examples"]
__all__ += ["KERNEL_SIZE", "OUT_CHANNELS", "PADDING", "PADDING_MODE", "KernelOperation", "Pooling"]
__all__ += ["REDUCTION", "SIZE", "STRIDE", "STRIDE_OF_POOL", "Scalars", "SpatialOperation", "Statistics"]
__all__ += ["WEIGHT", "WindowOperation", "along", "apply_per_map", "batched", "below_largest", "channel_axis"]
__all__ += ["channel_blocks", "check_groups", "check_rank", "deviation", "examples_of", "expanded", "follow"]
__all__ += ["identity_axes", "layout_of_loss", "layout_of_norm", "log_shares", "loss_type", "need_weights"]
__all__ += ["normalised", "picture_shape", "read_cells", "reduce_windows", "reduced", "scaled", "share"]
__all__ += ["shares", "signal_shape", "single_term", "sources_of", "statistics_of", "through_statistics"]
__all__ += ["trace_of_norm", "window_sources"]
