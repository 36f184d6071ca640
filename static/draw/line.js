/** The cells that a straight stroke from one cell to another covers. */

/**
 * @param {{y: number, x: number}} from @param {{y: number, x: number}} to
 * @returns {{y: number, x: number}[]} without the first, with the last
 */
export function between(from, to) {
  const [down, right] = [to.y - from.y, to.x - from.x];
  const steps = Math.max(Math.abs(down), Math.abs(right));
  return Array.from({ length: steps }, (_, step) => ({
    y: from.y + Math.round((down * (step + 1)) / steps),
    x: from.x + Math.round((right * (step + 1)) / steps),
  }));
}
