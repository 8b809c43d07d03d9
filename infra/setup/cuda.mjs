/**
 * TensorFlow for NVIDIA's GPUs: the CUDA build of the same version, and the libraries of CUDA that it loads when it runs.
 *
 * Asked for by ANNEAL_TENSORFLOW=cuda, on Linux on x86-64. TensorFlow finds the libraries by its own place, in ../nvidia/PART/lib, and
 * starts without them and without a GPU too: then it computes on the CPU.
 */
import { createHash } from 'node:crypto';
import { SetUpError } from './errors.mjs';
import { TENSORFLOW } from './versions.mjs';

/** @typedef {import('./versions.mjs').WheelPin} WheelPin */

/** TensorFlow takes 1.3 GB unpacked, the libraries 3.3 GB. Bytes. */
export const CUDA_UNPACKED = 4.6e9;

/** @type {(python: string, bytes: number, sha256: string) => WheelPin} */
const tensorflow = (python, bytes, sha256) => ({
  ...{ name: 'tensorflow', version: TENSORFLOW, python, tag: 'manylinux_2_27_x86_64', sha256, bytes },
});

/** The one to prefer first. */
export const CUDA_WHEELS = [
  tensorflow('3.12', 572611111, 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0'),
  tensorflow('3.13', 572881074, 'e9d8da8dcab9650efb45f032ba70af2f016f907e6e0c6bda29dd101bba945406'),
  tensorflow('3.11', 572440367, '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124'),
  tensorflow('3.10', 572211261, '77c6f298e695ea1d283cdd7d30f8d97530cc6e92c1395a9ddbab9771c99233a4'),
];

/** @type {(name: string, version: string, bytes: number, sha256: string) => WheelPin} */
const nvidia = (name, version, bytes, sha256) => ({
  ...{ name: `nvidia-${name}-cu12`, version, tag: 'manylinux2014_x86_64', sha256, bytes },
});

/** The oldest that TensorFlow's package allows (its extra `and-cuda`): those that it was built with. */
export const CUDA_LIBRARIES = [
  nvidia('cublas', '12.5.3.2', 363313169, 'ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b'),
  nvidia('cuda-cupti', '12.5.82', 13811507, 'bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953'),
  nvidia('cuda-nvcc', '12.5.82', 22468537, 'b03e545b8e8c3ce7ebcd7fc44063180ff52ff01d064ece2127ed90a04ef12cd0'),
  nvidia('cuda-nvrtc', '12.5.82', 24873108, '3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd'),
  nvidia('cuda-runtime', '12.5.82', 895707, '3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115'),
  nvidia('cudnn', '9.3.0.75', 577163502, '9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d'),
  nvidia('cufft', '11.2.3.61', 192524114, '9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8'),
  nvidia('curand', '10.3.6.82', 56309107, '2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536'),
  nvidia('cusolver', '11.6.3.83', 130341232, '93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b'),
  nvidia('cusparse', '12.5.1.3', 217558979, '016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752'),
  nvidia('nccl', '2.27.7', 322546339, 'de5ba5562f08029a19cb1cd659404b18411ed0d6c90ac5f52f30bf99ad5809aa'),
  nvidia('nvjitlink', '12.5.82', 21298879, 'f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212'),
];

/** Tells one set of libraries from another. */
export const CUDA_KEY = createHash('sha256')
  .update(CUDA_LIBRARIES.map(({ sha256 }) => sha256).join())
  .digest('hex')
  .slice(0, 6);

/** Whether ANNEAL_TENSORFLOW asks for CUDA. @param {NodeJS.ProcessEnv} env @throws SetUpError `unsupported_platform` */
export function wantsCuda({ ANNEAL_TENSORFLOW: asked }) {
  if (!asked || asked === 'cpu') return false;
  if (asked !== 'cuda')
    throw new SetUpError(
      'unsupported_platform',
      `ANNEAL_TENSORFLOW is ${asked}, which is not known: set it to cpu or cuda.`,
    );
  if (process.platform === 'linux' && process.arch === 'x64') return true;
  throw new SetUpError(
    'unsupported_platform',
    `TensorFlow with CUDA is not published for ${process.platform}-${process.arch}: unset ANNEAL_TENSORFLOW, or use Linux on x86-64.`,
  );
}

/** argv: destination, wheels. What TensorFlow loads when it runs, and the licences; no headers, static libraries or compilers. */
export const UNPACK_CUDA = `
import os, re, shutil, sys, zipfile
destination, *wheels = sys.argv[1:]
wanted = re.compile(r"nvidia/[^/]+/lib/[^/]+\\.so[.0-9]*|nvidia/cuda_nvcc/bin/(ptxas|nvlink|fatbinary)|nvidia/cuda_nvcc/nvvm/libdevice/.+")
for wheel in wheels:
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            name = entry.filename
            folder, _, file = name.rpartition("/")
            if file in ("License.txt", "LICENSE.txt", "LICENSE"):
                target = os.path.join(destination, "nvidia", "licences", os.path.basename(wheel)[:-4] + ".txt")
            elif wanted.fullmatch(name):
                target = os.path.join(destination, name)
            else:
                continue
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with archive.open(entry) as source, open(target, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
            if "/bin/" in name:
                os.chmod(target, 0o755)
`;
