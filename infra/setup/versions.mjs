/**
 * The TensorFlow that Anneal runs on, pinned to the byte.
 *
 * On Linux the wheels of one architecture hold the same library, whatever Python they are for; the set-up takes the one for the
 * Python it finds, so that tests can install the same file.
 */

export const TENSORFLOW = '2.21.0';

/** The stable interface of Node's addons that the binding uses: one binary for Node 20, 22, 24 … */
export const NAPI = 8;

/**
 * @typedef {object} WheelPin
 * @property {string} name     distribution
 * @property {string} version
 * @property {string} [python] CPython version, '3.12'; left out for a wheel that fits any
 * @property {string} tag      platform tag
 * @property {string} sha256
 * @property {number} bytes
 */

/** The libraries and headers out of a wheel take this much. Bytes. */
export const UNPACKED = 900e6;

/** @type {(name: string, tag: string) => (python: string, bytes: number, sha256: string) => WheelPin} */
const platform = (name, tag) => (python, bytes, sha256) => ({ name, version: TENSORFLOW, python, tag, sha256, bytes });

const linux = platform('tensorflow-cpu', 'manylinux_2_27_x86_64');
const linuxArm = platform('tensorflow', 'manylinux_2_27_aarch64');
const mac = platform('tensorflow', 'macosx_12_0_arm64');

/**
 * `process.platform-process.arch` -> wheels, the one to prefer first.
 * @type {Record<string, WheelPin[]>}
 */
export const WHEELS = {
  'linux-x64': [
    linux('3.12', 274000871, 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb'),
    linux('3.13', 274271560, '05af7c26d35f4de910b5598c7b507e3981831a7b0f47fed9a405d995d51d7793'),
    linux('3.11', 273829956, '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c'),
    linux('3.10', 273601549, 'd143e92f5c0661cdfa26eaca8f73cd2efd0ec53a68af8dec82f584ba8eb14b83'),
  ],
  'linux-arm64': [
    linuxArm('3.12', 281946471, 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552'),
    linuxArm('3.13', 282213003, 'a10abdfb8b1189210c251021a3f153b7ccc52a8e6521351f3dc3331e8ba593e0'),
    linuxArm('3.11', 281828020, '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c'),
    linuxArm('3.10', 281604511, '7c97938b25cf70c80ae8619931f85abcdee2ab2eb256c2051202edb3b89e9a5d'),
  ],
  'darwin-arm64': [
    mac('3.12', 223488205, '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712'),
    mac('3.13', 223766900, 'a145ed46c58192b7c3f9916d070caf4f6afc6dc7e5511f83dd97677f4c4947f4'),
    mac('3.11', 223405849, '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88'),
    mac('3.10', 223229342, '6462632889e0e9ce1455b208c87b86a8c154e899407ef7d426ef1ec71647f565'),
  ],
};

/** @param {WheelPin} pin */
export const wheelFile = ({ name, version, python, tag }) =>
  `${name.replaceAll('-', '_')}-${version}-${python ? `${pythonTag(python)}-${pythonTag(python)}` : 'py3-none'}-${tag}.whl`;

/** @param {string} python '3.12' -> 'cp312' */
export const pythonTag = (python) => `cp${python.replace('.', '')}`;
