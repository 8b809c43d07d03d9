/**
 * Lets PyTorch's Linux wheel load without gigabytes of CUDA.
 *
 * The only torch wheels that plain pip has for x86-64 Linux are built with CUDA: its libraries are linked to eleven others
 * that a CPU never calls. The two that are called while torch starts (the runtime, which says there is no device, and
 * the profiler) are small and are in requirements/pytorch.txt; the rest are empty libraries here, put where the wheel
 * looks for them. torch must then be imported with `sys.setdlopenflags(os.RTLD_LAZY)`. All CPU code is PyTorch's own.
 */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const libraries = [
  'libcublas.so.13',
  'libcublasLt.so.13',
  'libcudnn.so.9',
  'libcufft.so.12',
  'libcufile.so.0',
  'libcusparse.so.12',
  'libcusparseLt.so.0',
  'libnccl.so.2',
  'libnvrtc.so.13',
  'libnvshmem_host.so.3',
];

/** Data, unlike functions, is resolved when a library is loaded. */
const source = 'int nvshmem_selected_device_transport;\n';

/** What the stand-ins are made from: part of the identity of an installation. */
export const recipe = JSON.stringify({ libraries, source });

/**
 * @param {string} sitePackages absolute path of the environment's site-packages
 * @throws {Error} if there is no C compiler (`$CC`, else `cc`)
 */
export async function makeCudaStandIns(sitePackages) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return;
  const folder = join(sitePackages, 'nvidia', 'cu13', 'lib');
  await mkdir(folder, { recursive: true });
  for (const library of libraries) {
    const args = ['-shared', '-fPIC', `-Wl,-soname,${library}`, '-x', 'c', '-', '-o', join(folder, library)];
    const compiling = promisify(execFile)(process.env.CC ?? 'cc', args);
    compiling.child.stdin?.on('error', () => {}); // A compiler that is missing is reported by the promise.
    compiling.child.stdin?.end(source);
    await compiling;
  }
}
