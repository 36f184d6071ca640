"""The cases that are not run, each with its reason; and the outputs that are not compared."""

from __future__ import annotations

_RANDOM = "which cells are dropped is NumPy's Mersenne Twister there, and its newer generator here"
_CUBIC = "interpolate has no bicubic mode"
_ANTIALIAS = "interpolate does not blur before it makes smaller"
_CROP = "interpolate resizes whole pictures and does not crop"
_ASPECT = "which size keeps the aspect ratio is for the caller to say"

LEFT_OUT: dict[str, str] = {
    "test_training_dropout": _RANDOM,
    "test_training_dropout_mask": _RANDOM,
    "test_training_dropout_default": _RANDOM,
    "test_training_dropout_default_mask": _RANDOM,
    "test_resize_upsample_scales_cubic": _CUBIC,
    "test_resize_upsample_scales_cubic_align_corners": _CUBIC,
    "test_resize_upsample_scales_cubic_asymmetric": _CUBIC,
    "test_resize_upsample_scales_cubic_A_n0p5_exclude_outside": _CUBIC,
    "test_resize_upsample_sizes_cubic": _CUBIC,
    "test_resize_downsample_scales_cubic": _CUBIC,
    "test_resize_downsample_scales_cubic_align_corners": _CUBIC,
    "test_resize_downsample_scales_cubic_A_n0p5_exclude_outside": _CUBIC,
    "test_resize_downsample_scales_cubic_antialias": _CUBIC,
    "test_resize_downsample_sizes_cubic": _CUBIC,
    "test_resize_downsample_sizes_cubic_antialias": _CUBIC,
    "test_resize_downsample_scales_linear_antialias": _ANTIALIAS,
    "test_resize_downsample_sizes_linear_antialias": _ANTIALIAS,
    "test_resize_tf_crop_and_resize": _CROP,
    "test_resize_tf_crop_and_resize_axes_2_3": _CROP,
    "test_resize_tf_crop_and_resize_axes_3_2": _CROP,
    "test_resize_tf_crop_and_resize_extrapolation_value": _CROP,
    "test_resize_upsample_sizes_nearest_not_larger": _ASPECT,
    "test_resize_upsample_sizes_nearest_not_smaller": _ASPECT,
    "test_resize_downsample_sizes_nearest_not_larger": _ASPECT,
    "test_resize_downsample_sizes_nearest_not_smaller": _ASPECT,
}

OUTPUTS_LEFT_OUT = {"LayerNormalization": "layer_norm does not give its means and deviations as outputs"}
"""Operators of which the first output alone is compared."""
