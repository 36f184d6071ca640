/** The channels of what a network is given, put in the order in which a screen takes them. */

const COLOURS = ["red", "green", "blue"];

/** @param {{levels: Uint8Array[], channels?: string[]}} given in the network's order @returns {Uint8Array[]} red, green, blue; or as they are */
export function inColour({ levels, channels }) {
  const order = COLOURS.map((name) => channels?.indexOf(name) ?? -1);
  return order.includes(-1) ? levels : order.map((at) => levels[at]);
}
