/** @param {number} value @param {number} low @param {number} high @returns {number} no less and no more; between both, as it is */
export function clip(value, low, high) {
  return Math.min(Math.max(value, low), high);
}
