"""What operations of one family share: windows, pooling, kernels, channels, statistics, losses."""

from __future__ import annotations

from engine.declaration.families import ACTIVATION, CONVOLUTION, DENSE, LOSS, NORMALISATION, POOLING, SHAPING
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
from engine.families.pooling import STRIDE_OF_POOL, Pooling
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
    batched,
    picture_shape,
    signal_shape,
)

__all__ = ["ACTIVATION", "BIAS", "CEIL_MODE", "CHANNEL_AXIS", "CLASSES", "CONVOLUTION", "DENSE", "DILATION"]
__all__ += ["DIM", "DIVISOR", "EPS", "FITTING_CHANNELS", "FLIP", "GROUPS", "INPUT", "KERNEL_SIZE", "LOSS"]
__all__ += ["NORMALISATION", "OUT_CHANNELS", "PADDING", "PADDING_MODE", "POOLING", "REDUCTION", "SHAPING"]
__all__ += ["SIZE", "STRIDE", "STRIDE_OF_POOL", "WEIGHT", "AlongAxis", "ClassLoss", "Elementwise", "Examples"]
__all__ += ["KernelOperation", "Pooling", "Scalars", "SpatialOperation", "Statistics", "WindowOperation"]
__all__ += ["apply_per_map", "batched", "below_largest", "channel_axis", "channel_blocks", "check_groups"]
__all__ += ["check_rank", "deviation", "examples_of", "expanded", "follow", "identity_axes", "layout_of_loss"]
__all__ += ["layout_of_norm", "log_shares", "loss_type", "need_weights", "normalised", "picture_shape"]
__all__ += ["reduced", "scaled", "shares", "signal_shape", "single_term", "sources_of", "statistics_of"]
__all__ += ["through_statistics", "trace_of_norm"]
