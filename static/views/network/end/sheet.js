/** Maps as one picture to be saved: side by side, a px apart. */

import { Bitmap } from "../../../draw/bitmap.js";

/**
 * @param {{map: import("../../../types.js").FeatureMap, scale: {lo: number, hi: number}}[]} maps all of one size
 * @param {string} colormap
 */
export function sheetOf(maps, colormap) {
  const columns = Math.ceil(Math.sqrt(maps.length));
  const [width, height] = [maps[0].map.width + 1, maps[0].map.height + 1];
  const canvas = document.createElement("canvas");
  canvas.width = columns * width - 1;
  canvas.height = Math.ceil(maps.length / columns) * height - 1;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const bitmap = new Bitmap();
  maps.forEach(({ map, scale }, at) => {
    bitmap.showLevels(map, scale, colormap);
    context.drawImage(bitmap.canvas, (at % columns) * width, Math.floor(at / columns) * height);
  });
  return canvas;
}
