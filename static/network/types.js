/**
 * What the service says of networks. Types only: nothing imports this at run time.
 *
 * @import { FeatureMap, Text, Traits } from "../types.js"
 *
 * @typedef {object} Listed one network of GET api/networks
 * @property {string} name
 * @property {Text} title
 * @property {Text} summary
 * @property {string} credit
 * @property {boolean} available
 * @property {import("../types.js").ApiErrorBody | null} problem why it is not
 * @property {number[]} input channels, height, width
 * @property {number} parameters
 * @property {number} macs
 *
 * @typedef {{axis: string, size: number, jump: number | null, start: number}} Field unit u sees `size` cells around start + u jump
 * @typedef {Traits & LayerTold} GraphLayer
 * @typedef {object} LayerTold
 * @property {string} name
 * @property {string} operation
 * @property {Text} title of its operation
 * @property {string} unit the layer that its unit begins with
 * @property {string} module what several units share, as fire2; or empty
 * @property {Record<string, unknown>} params
 * @property {Record<string, string>} inputs which layer feeds each input; "input" is the picture
 * @property {Record<string, number[]>} weights their shapes
 * @property {number[]} shape maps, height, width; or one number alone
 * @property {number} parameters
 * @property {number} macs
 * @property {number} additions
 * @property {Field[]} field
 *
 * @typedef {object} Preparation
 * @property {number} height
 * @property {number} width
 * @property {string[]} channels in the order in which the net takes them
 * @property {number[]} subtract
 * @property {number[]} divide
 *
 * @typedef {Listed & {output: string, logits: string, probabilities: string, preparation: Preparation,
 *   classes: {en: string, zh?: string}[], layers: GraphLayer[], memory: Record<string, number>}} Graph
 *
 * @typedef {{min: number, max: number, mean: number, deviation: number, zeros: number, strongest: number[]}} Stats
 * @typedef {object} LayerSeen what has arrived of a layer's activation
 * @property {number[]} shape
 * @property {Stats} stats
 * @property {number} ms
 * @property {FeatureMap[]} thumbs its strongest maps, made small; of the last layer of a unit alone
 * @property {Float32Array | null} values of a layer whose output is a list of numbers
 * @property {boolean} stale whether it is still that of the picture before
 *
 * @typedef {{index: number, name: string, logit: number, probability: number}} Class
 * @typedef {object} Given what the net is given: the answer's message "input", and the levels
 * @property {number} height
 * @property {number} width
 * @property {Uint8Array[]} levels one list for each channel, in the net's order
 */

export {};
