"""What operations of one family share: windows, pooling, kernels, channels, statistics, losses."""

from __future__ import annotations

from engine.declaration.families import ACTIVATION, CONVOLUTION, DENSE, LOSS, NORMALISATION, POOLING, SHAPING
from engine.families import channel_blocks, losses, statistics
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
from engine.families.pooling import STRIDE_OF_POOL, Pooling
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
)

__all__ = ["ACTIVATION", "BIAS", "CEIL_MODE", "CHANNEL_AXIS", "CONVOLUTION", "DENSE", "DILATION", "DIM"]
__all__ += ["DIVISOR", "FITTING_CHANNELS", "FLIP", "GROUPS", "INPUT", "KERNEL_SIZE", "LOSS", "NORMALISATION"]
__all__ += ["OUT_CHANNELS", "PADDING", "PADDING_MODE", "POOLING", "SHAPING", "SIZE", "STRIDE"]
__all__ += ["STRIDE_OF_POOL", "WEIGHT", "AlongAxis", "Elementwise", "KernelOperation", "Pooling"]
__all__ += ["SpatialOperation", "WindowOperation", "apply_per_map", "batched", "below_largest"]
__all__ += ["channel_axis", "channel_blocks", "check_groups", "check_rank", "follow", "identity_axes"]
__all__ += ["log_shares", "losses", "need_weights", "shares", "single_term", "statistics"]
