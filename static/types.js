/**
 * The shapes of what travels between server, root and views. Types only: nothing imports this at run time.
 *
 * @typedef {{en: string, zh: string}} Text
 * @typedef {{code: string, message: string, field?: string | null, values?: Record<string, unknown>, text?: Text, advice?: Text}} ApiErrorBody
 *   text: the sentence with {places} for the values; advice: what to change
 * @typedef {object} Language
 * @property {"en" | "zh"} lang
 * @property {(key: string) => boolean} has
 * @property {(key: string, other: string) => string} or the text of a key, or another where there is none
 * @property {(texts: Text | null | undefined) => string} local what the registry says, in this language
 * @property {(error: ApiErrorBody, params?: Param[]) => string} error a refusal in this language, its parameter called by its
 *   label, and what to change
 * @typedef {((key: string, values?: Record<string, unknown>) => string) & Language} Translate
 *
 * @typedef {object} Param one declared parameter of an operation
 * @property {string} name
 * @property {string} kind "integer", "padding", "choice", "flag", "number" or another, which is typed as a list
 * @property {number} [axes] 0: one number alone
 * @property {ParamValue} default
 * @property {number | null} min
 * @property {number | null} max
 * @property {number | null} step
 * @property {{value: string, label: Text}[] | null} choices words with their labels (padding: bare words)
 * @property {Text | null} unit
 * @property {Text} label
 * @property {Text} help
 * @property {Text} advice how to get past min and max
 * @property {string | null} follows
 * @property {boolean} [required] there is no default: the page begins with `start`
 * @property {ParamValue} [start]
 *
 * @typedef {number | string | boolean | number[] | null} ParamValue
 * @typedef {{name: string, kind: string, required: boolean, texts: Text}} OperationInput
 * @typedef {object} Traits what an operation is, and so each layer of a network that does it
 * @property {string} short what pictures of networks call it
 * @property {boolean} elementwise one function of every cell by itself: it can follow any other as its activation
 * @property {boolean} parts its maps are sums over the input's channels
 * @property {boolean} spreads
 * @property {boolean} shares its outputs are shares of a whole
 * @typedef {Partial<Traits> & OperationTold} Operation
 * @typedef {object} OperationTold
 * @property {string} name
 * @property {{name: string, texts: Text}} family
 * @property {{title: Text, summary: Text}} texts
 * @property {number | null} dims axes a window slides along; null: any number of axes
 * @property {OperationInput[]} inputs
 * @property {Param[]} params
 * @typedef {{image: string, size: number, color: string, frame: number, crop?: number[], edits?: number[][]}} Picture crop: y,
 *   x, height, width in the picture's pixels; edits: y, x and level of cells painted by hand
 * @typedef {Picture | {seed: number} | null} Source where an input comes from; null: the same picture as the first
 * @typedef {{name: string, values: number[][], divisor: number, texts: {title: Text, summary: Text}}} Preset
 * @typedef {{id: string, width: number, height: number, channels: number, frames: number}} ImageInfo
 * @typedef {{operations: Operation[], kernels: Preset[], samples: Sample[]}} Catalogue what the Lab can choose from
 * @typedef {ImageInfo & {title: Text, credit: string, set?: string, synthetic?: boolean, variant?: Text | null}} Sample set:
 *   "photos", "patterns" or "fashion-mnist"; variant: what the frames of a synthetic picture are
 *
 * @typedef {{min: number, max: number, values: number[] | null, min_reason: ApiErrorBody | null, max_reason: ApiErrorBody | null}} Limit
 * @typedef {{choices: string[], reasons: Record<string, ApiErrorBody>}} ChoiceLimit
 * @typedef {Limit[] | ChoiceLimit} ParamLimit
 * @typedef {{symbol?: string, value?: number, number?: number, op?: string, args?: Expr[]}} Expr
 * @typedef {{output: number, padding: number[], unread: number, beyond: number}} Alternative padding: before and after; beyond:
 *   cells past the padded input that the last window reaches
 * @typedef {"floor" | "ceil" | "same"} Ending how an axis of windows ends: rounded down, rounded up, TensorFlow's padding
 * @typedef {{current: Ending, changes: Record<Ending, Record<string, ParamValue> | null>}} Endings what runs now, and the
 *   parameters to set for each; null where the operation cannot
 * @typedef {{axis: string, input: number, output: number, formula: Expr, text: string, index: number[][], coverage: number[],
 *   unread: number[], alternatives?: Record<Ending, Alternative> | null}} Axis alternatives: null where no windows slide
 *
 * @typedef {object} Shape the reply to a question of shape
 * @property {string} operation
 * @property {boolean} spreads input cells are laid down on windows of outputs, where others gather
 * @property {number[]} input_shape
 * @property {number[]} output_shape
 * @property {Record<string, ParamValue>} params
 * @property {number} parameters
 * @property {number} macs
 * @property {number} additions
 * @property {number} bytes_moved
 * @property {Record<"parameters" | "macs" | "additions" | "bytes_moved", Expr>} counts how these numbers come about
 * @property {Record<string, number[]>} outputs shapes by name
 * @property {Record<string, number>} padding by side, of the axes there are
 * @property {number[]} receptive_field
 * @property {Axis[]} axes of any number
 * @property {Record<string, ParamLimit>} limits
 *
 * @typedef {{of: string, input: number[] | null, kernel: number[], value: number | null, weight: number | null, product: number | null, chosen?: boolean}} Term
 * @typedef {{kind: "add" | "subtract" | "multiply" | "divide" | "apply", name: string, text: Text, operand: number | null, result: number | null}} Step
 * @typedef {{filled: Text | null, operand: string | null, result: string, residual: string | null}} PrintedStep filled: a function with its number in it
 * @typedef {{start: number, count: number, sum: number | null}} SumPart the terms of one channel
 * @typedef {object} Printed
 * @property {string[]} values
 * @property {string[] | null} weights
 * @property {string[]} products
 * @property {string[] | null} partials of each channel, where terms are added up
 * @property {string | null} sum
 * @property {string | null} divisor
 * @property {string | null} quotient
 * @property {string | null} remainder
 * @property {string | null} bias
 * @property {string | null} before what the steps begin with, where the engine rounded it
 * @property {PrintedStep[]} steps
 * @property {string} value
 * @property {string | null} residual
 * @typedef {object} Trace
 * @property {string} operation
 * @property {number[]} cell as many numbers as the output has axes
 * @property {string} reduction
 * @property {string | null} each function applied to every product before the sum
 * @property {Text | null} each_text as it is read
 * @property {Term[]} terms
 * @property {SumPart[]} partials
 * @property {Step[]} steps done after the sum
 * @property {Printed} printed
 * @property {number | null} value
 *
 * @typedef {object} FrameHeader
 * @property {number} id
 * @property {string} layer
 * @property {number[]} channels
 * @property {number} height
 * @property {number} width
 * @property {"uint8" | "float32"} dtype
 * @property {number[]} min
 * @property {number[]} max
 * @property {number[]} [region]
 * @typedef {{header: FrameHeader, maps: (Uint8Array | Float32Array)[]}} Frame
 *
 * @typedef {{channel: number, height: number, width: number, min: number, max: number, levels: Uint8Array}} FeatureMap
 * @typedef {{height: number, width: number, channels: Uint8Array[]}} Pixels
 *
 * @typedef {{name: string} | {values: number[][], divisor: number}} KernelSpec as kept in the state
 * @typedef {{name: string | null, values: number[][], divisor: number}} Kernel as run and edited
 *
 * @typedef {"step" | "walk" | "mend"} How a change of the state came about: somebody chose; it moves on and on, as by arrow
 *   keys; or nobody did: the page puts right what it was given, or follows the address
 */

export {};
