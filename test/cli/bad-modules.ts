/** Modules that can't be checked, and what is said of them. */
export const sound = `export const loss = (tf, labels, predictions) =>
  tf.losses.softmaxCrossEntropy(labels, predictions);
`;

export interface BadModule {
  readonly name: string;
  readonly text: string;
  readonly says: readonly RegExp[];
  readonly code?: number;
  readonly args?: readonly string[];
  /** Beside it. */
  readonly files?: Readonly<Record<string, string>>;
}

export const badModules: readonly BadModule[] = [
  {
    name: 'it throws, in a file that it imports',
    text: "import { help } from './lib/help.ts';\nexport const loss = (_tf: unknown, _labels: unknown, predictions: unknown) => help(predictions);\n",
    files: { 'lib/help.ts': "export function help(x: unknown) {\n  throw new Error('not ' + typeof x);\n}\n" },
    says: [/module\.ts: Error: not object/, /--> lib\/help\.ts:2:9/, /2 \| {3}throw new Error/],
  },
  {
    name: 'it throws while it is loaded',
    text: 'const table = null as never as { a: number };\nexport const loss = table.a;\n',
    says: [/TypeError: Cannot read properties of null/, /--> module\.ts:2:27/],
  },
  {
    name: 'TF.js throws',
    text: 'export function loss(tf, labels, predictions) {\n  return tf.matMul(labels, predictions);\n}\n',
    says: [/Error in matMul: inner shapes/, /--> module\.ts:2:13/],
  },
  {
    name: 'it loops for ever',
    text: 'export function loss() {\n  for (;;) {}\n}\n',
    args: ['--timeout', '3'],
    says: [/it was not done within 3 s, and was ended/],
    code: 5,
  },
  {
    name: 'it eats memory by objects',
    text: 'export function loss() {\n  const all = [];\n  for (;;) all.push({ one: all.length, more: [1] });\n}\n',
    args: ['--memory', '300'],
    says: [/it needs more than 300 MiB of memory/],
  },
  {
    name: 'it eats memory by arrays',
    text: 'export function loss() {\n  const all = [];\n  for (;;) all.push(new Float64Array(1 << 20).fill(1));\n}\n',
    args: ['--memory', '300'],
    says: [/it needs more than 300 MiB of memory/],
  },
  {
    name: 'it calls process.exit',
    text: 'export function loss() {\n  process.exit(0);\n}\n',
    says: [/ReferenceError: process is not defined: a module is checked without Node/, /--> module\.ts:2:3/],
  },
  {
    name: 'it opens a socket',
    text: "import { connect } from 'node:net';\nexport const loss = () => connect(80, 'localhost');\n",
    says: [/'node:net' can't be imported: a module has no access to Node/, /--> module\.ts:1:25/],
  },
  {
    name: 'it requires a file of Node',
    text: "export const loss = () => require('fs').readFileSync('/etc/passwd');\n",
    says: [/'fs' can't be imported/, /--> module\.ts:1:35/],
  },
  {
    name: 'it fetches',
    text: "export const loss = () => fetch('http://localhost/');\n",
    says: [/ReferenceError: fetch is not defined: a module is checked without/, /--> module\.ts:1:27/],
  },
  {
    name: 'it reads outside of its folder',
    text: "import secret from '../secret.json';\nexport const loss = () => secret;\n",
    says: [
      /'\.\.\/secret\.json' can't be imported: it lies outside of the module's folder; --folder/,
      /module\.ts:1:20/,
    ],
  },
  {
    name: 'it reads outside by a link',
    text: "import secret from './link.json';\nexport const loss = () => secret;\n",
    says: [/'\.\/link\.json' can't be imported: it lies outside/],
  },
  {
    name: 'it evaluates a string',
    text: "export const loss = () => [].constructor.constructor('return 1')();\n",
    says: [/Code generation from strings disallowed/, /eval and new Function are not available/],
  },
  {
    name: 'its loss is no scalar',
    text: 'export const loss = (tf, labels, predictions) => tf.sub(labels, predictions);\n',
    says: [/loss returned a tensor of shape \[4, 3\]; it must return a scalar: take the mean/],
  },
  {
    name: 'its loss is a promise',
    text: 'export const loss = async (tf) => tf.scalar(1);\n',
    says: [/loss returned a promise; it must be synchronous/],
  },
  {
    name: 'its loss is a number',
    text: 'export const loss = () => 3;\n',
    says: [/loss returned 3; it must return a tensor/],
  },
  {
    name: 'its backward pass returns the wrong shape',
    text: 'export const inputs = { x: [2, 3] };\nexport const forward = (tf, { x }) => tf.tanh(x);\nexport const backward = (tf, dy) => ({ x: tf.transpose(dy) });\n',
    says: [/the gradient of 'x' has shape \[3, 2\], it must have that of 'x', \[2, 3\]/],
  },
  {
    name: 'its backward pass forgets an input',
    text: 'export const inputs = { x: [2, 3], b: [3] };\nexport const forward = (tf, { x, b }) => tf.add(x, b);\nexport const backward = (tf, dy) => ({ x: dy });\n',
    says: [/backward has none for 'b'/],
  },
  {
    name: 'it changes a weight in place',
    text: 'export const inputs = { x: [2, 3], w: [3] };\nexport function layer(tf, { x, w }) {\n  w.dataSync()[0] = 7;\n  return tf.mul(x, w);\n}\n',
    says: [/layer changes its input 'w' in place/],
  },
  {
    name: 'it disposes of a weight',
    text: 'export const inputs = { w: [3] };\nexport function layer(tf, { w }) {\n  const y = tf.square(w);\n  w.dispose();\n  return y;\n}\n',
    says: [/layer disposes of its input 'w'/],
  },
  {
    name: 'its model assigns its own weights',
    text: `export function model(tf, { inputShape }) {
  const net = tf.sequential();
  net.add(tf.layers.dense({ units: 2, inputShape }));
  const [layer] = net.layers;
  const call = layer.call.bind(layer);
  layer.call = (...given) => {
    layer.kernel.write(tf.mul(layer.kernel.read(), 0.5));
    return call(...given);
  };
  return net;
}
`,
    says: [/the model assigns its weight 'dense_Dense1\/kernel' itself/],
  },
  {
    name: 'a syntax error',
    text: 'export function loss(tf, labels) {\n  return tf.mean(labels;\n}\n',
    says: [/module\.ts: Expected "\)" but found ";"/, /--> module\.ts:2:24/],
  },
  {
    name: 'it exports nothing of the form',
    text: 'export const lost = 3;\n',
    says: [/it exports lost; a module exports model, loss/],
  },
  { name: 'it is empty', text: '', says: [/it exports nothing; a module exports/] },
  { name: 'its loss is no function', text: 'export const loss = 4;\n', says: [/loss is 4; it must be a function/] },
  {
    name: 'forward without backward',
    text: 'export const forward = () => 1;\n',
    says: [/forward without backward; what TF\.js shall differentiate is called layer/],
  },
  {
    name: 'a layer without inputs',
    text: 'export const layer = (tf, { x }) => x;\n',
    says: [/layer needs inputs to be tried on: export const inputs/],
  },
  {
    name: 'an input of a strange shape',
    text: 'export const inputs = { x: [2, -1] };\nexport const layer = (tf, { x }) => x;\n',
    says: [/inputs\.x: shape \[2,-1\] is not allowed: must be a list of whole numbers above 0/],
  },
  {
    name: 'an input with an unknown field',
    text: 'export const inputs = { x: { shape: [2], form: 0 } };\nexport const layer = (tf, { x }) => x;\n',
    says: [/inputs\.x\.form: is not a known field; known are shape, from, to/],
  },
  { name: '--set', text: sound, args: ['--set', 'a=1'], says: [/--set changes fields of a spec; a module has none/] },
  {
    name: 'too little memory',
    text: sound,
    args: ['--memory', '10'],
    says: [/--memory 10: must be a whole number of MiB, 256/],
  },
  {
    name: 'a folder that it is not in',
    text: sound,
    args: ['--folder', 'lib'],
    says: [/lies outside of its folder, lib/],
    files: { 'lib/a.ts': '' },
  },
];
