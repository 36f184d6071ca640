/**
 * How often each input cell is read, as a picture: of two axes the counts times each other. Curves of the counts run
 * along the top and the left side. All numbers are the shape reply's.
 *
 * @import { Axis } from "./types.js"
 */

import { Bitmap } from "./bitmap.js";
import { luminance, lut } from "./colour.js";
import { dots, hatch } from "./hatch.js";
import { colours } from "./theme.js";
import { GAP, GAP_CELLS, Track } from "./track.js";

/** Room for the curves, in px. */
export const MARGIN = 46;
const CURVE = 30;
const LARGEST = 30;
/** Px of a cell from which on cells are apart, and numbers fit; and that are wished for. */
const APART = 7;
const ROOMY = 16;
const EASY = 17;
/** Cells shown at each end of an axis whose cells do not all fit. */
const ENDS = 12;

/** @typedef {{height: number[], width: number[]}} Counts of rows and columns */

/** The colour of a count, as a word of canvas memory; counts above 0 alone. @param {number} count @param {number} most */
export function heat(count, most) {
  return lut("sequential")[Math.round(255 * (most > 1 ? (count - 1) / (most - 1) : 1))];
}

/** @param {number} word @returns {string} */
export function css(word) {
  return `rgb(${word & 255} ${(word >> 8) & 255} ${(word >> 16) & 255})`;
}

/** Different products of two lists, ascending. @param {number[]} rows @param {number[]} columns */
export function products(rows, columns) {
  const [a, b] = [new Set(rows), new Set(columns)];
  const found = new Set([...a].flatMap((one) => [...b].map((other) => one * other)));
  return [...found].sort((one, other) => one - other);
}

export class HeatScene {
  constructor() {
    this.bitmap = new Bitmap();
    this.rows = new Track(1, 1);
    this.long = false;
    this.columns = this.rows;
    /** @type {Counts} */
    this.counts = { height: [1], width: [1] };
    this.most = 1;
    /** Px of a cell. */
    this.side = 1;
  }

  /**
   * @param {Counts} counts @param {boolean} all whether all cells are shown, however small
   * @param {number} room px across @param {number} tallest px
   */
  build(counts, all, room, tallest) {
    this.counts = counts;
    const [down, across] = [counts.height.length, counts.width.length];
    const [high, wide] = [tallest, room - MARGIN - 1].map((px) => Math.max(Math.floor(px / EASY), 6));
    /** Whether there is more than can be seen well. */
    this.long = down > high || across > wide;
    const ends = (/** @type {number} */ count, /** @type {number} */ fit) =>
      all || count <= fit ? count : Math.min(Math.floor((fit - GAP_CELLS) / 2), ENDS);
    this.rows = new Track(down, ends(down, high));
    this.columns = new Track(across, ends(across, wide));
    this.most = Math.max(...counts.height) * Math.max(...counts.width);
    const [units, lines] = [this.columns.units, this.rows.units];
    const side = Math.min((room - MARGIN - 1) / units, tallest / lines, LARGEST);
    this.side = side >= 1 ? Math.floor(side) : side;
    this.width = Math.ceil(MARGIN + units * this.side + 1);
    this.height = Math.ceil(MARGIN + lines * this.side + 1);
    this.#fill();
  }

  /** One pixel per cell; what is not read, and the gaps, stay clear. */
  #fill() {
    const { rows, columns, counts, most } = this;
    const places = columns.cells.map((x) => (x === GAP ? 0 : columns.at(x)));
    this.bitmap.draw(columns.units, rows.units, (pixels) => {
      pixels.fill(0);
      for (const y of rows.cells) {
        const line = y === GAP ? 0 : rows.at(y) * columns.units;
        columns.cells.forEach((x, at) => {
          const count = y === GAP || x === GAP ? 0 : counts.height[y] * counts.width[x];
          if (count > 0) pixels[line + places[at]] = heat(count, most);
        });
      }
    });
  }

  /** @param {CanvasRenderingContext2D} context as large as the scene */
  paint(context) {
    const { rows, columns, side } = this;
    const [width, height] = [columns.units * side, rows.units * side];
    context.clearRect(0, 0, this.width ?? 0, this.height ?? 0);
    context.save();
    context.translate(MARGIN, MARGIN);
    hatch(context, 0, 0, width, height);
    for (const [track, down] of /** @type {[Track, boolean][]} */ ([
      [rows, true],
      [columns, false],
    ])) {
      if (track.whole) continue;
      const [from, long] = [track.first * side, GAP_CELLS * side];
      if (down) context.clearRect(0, from, width, long);
      else context.clearRect(from, 0, long, height);
      dots(context, from + long / 2, down ? width : height, down);
    }
    context.imageSmoothingEnabled = side < 1;
    context.drawImage(this.bitmap.canvas, 0, 0, width, height);
    if (side >= APART) this.#lines(context);
    if (side >= ROOMY) this.#numbers(context);
    context.restore();
    this.#curve(context, columns, this.counts.width, false);
    if (this.counts.height.length > 1) this.#curve(context, rows, this.counts.height, true);
  }

  /** @param {CanvasRenderingContext2D} context */
  #lines(context) {
    const { rows, columns, side } = this;
    context.strokeStyle = colours().paper;
    context.lineWidth = 1;
    context.beginPath();
    for (let x = 0; x <= columns.units; x++) {
      context.moveTo(x * side, 0);
      context.lineTo(x * side, rows.units * side);
    }
    for (let y = 0; y <= rows.units; y++) {
      context.moveTo(0, y * side);
      context.lineTo(columns.units * side, y * side);
    }
    context.stroke();
  }

  /** @param {CanvasRenderingContext2D} context */
  #numbers(context) {
    const { rows, columns, counts, side, most } = this;
    const { font, ink, paper } = colours();
    context.font = `${Math.min(side * 0.46, 12)}px ${font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const y of rows.cells)
      for (const x of columns.cells) {
        if (y === GAP || x === GAP) continue;
        const count = counts.height[y] * counts.width[x];
        const [left, top] = [columns.at(x) * side, rows.at(y) * side];
        context.fillStyle = count ? (luminance(heat(count, most)) > 0.18 ? "#000" : "#fff") : ink;
        if (!count) {
          context.fillStyle = paper;
          context.fillRect(left + side / 4, top + side / 4, side / 2, side / 2);
          context.fillStyle = ink;
        }
        context.fillText(String(count), left + side / 2, top + side / 2 + 0.5);
      }
  }

  /**
   * A line of steps: how often the cells along one side are read.
   * @param {CanvasRenderingContext2D} context @param {Track} track @param {number[]} counts @param {boolean} down
   */
  #curve(context, track, counts, down) {
    const most = Math.max(...counts, 1);
    const { accent, muted, line, font } = colours();
    const base = MARGIN - 5;
    /** @param {number} along @param {number} count @returns {[number, number]} */
    const point = (along, count) => {
      const [a, b] = [MARGIN + along * this.side, base - (CURVE * count) / most];
      return down ? [b, a] : [a, b];
    };
    const rest = new Path2D();
    rest.moveTo(...point(0, 0));
    rest.lineTo(...point(track.units, 0));
    rest.moveTo(...point(0, most));
    rest.lineTo(...point(track.units, most));
    const steps = new Path2D();
    let broken = true;
    for (const cell of track.cells) {
      if (cell === GAP) {
        broken = true;
        continue;
      }
      const at = track.at(cell);
      if (broken) steps.moveTo(...point(at, counts[cell]));
      else steps.lineTo(...point(at, counts[cell]));
      steps.lineTo(...point(at + 1, counts[cell]));
      broken = false;
    }
    context.strokeStyle = line;
    context.lineWidth = 1;
    context.stroke(rest);
    context.strokeStyle = accent;
    context.lineWidth = this.side < 3 ? 1 : 1.75;
    context.stroke(steps);
    context.fillStyle = muted;
    context.font = `10px ${font}`;
    context.textAlign = down ? "center" : "right";
    context.textBaseline = down ? "bottom" : "middle";
    const [x, y] = point(0, most);
    context.fillText(String(most), down ? x : x - 4, down ? y - 3 : y);
  }

  /** The cell under a point of the canvas. @param {number} px @param {number} py */
  cellAt(px, py) {
    const x = this.columns.cell((px - MARGIN) / this.side);
    const y = this.rows.cell((py - MARGIN) / this.side);
    return x === null || y === null ? null : { y, x };
  }

  /**
   * An outline round some cells.
   * @param {CanvasRenderingContext2D} context @param {{top: number, left: number, bottom: number, right: number}} cells
   *   the last ones are in it @param {string} colour @param {number} line
   */
  outline(context, { top, left, bottom, right }, colour, line) {
    const { rows, columns, side } = this;
    const [x, y] = [columns.at(left) * side, rows.at(top) * side];
    const width = Math.max((columns.at(right) + 1) * side - x, 4);
    const height = Math.max((rows.at(bottom) + 1) * side - y, 4);
    for (const [stroke, wide] of /** @type {[string, number][]} */ ([
      [colours().paper, line + 2],
      [colour, line],
    ])) {
      context.strokeStyle = stroke;
      context.lineWidth = wide;
      context.strokeRect(MARGIN + x, MARGIN + y, width, height);
    }
  }
}
