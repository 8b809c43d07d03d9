/** Reads PNG and JPEG files out of one folder a class, by TensorFlow's own decoders. */
import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { AnnealError, type Data } from '@anneal/schemas';
import type { Tensor3D } from '@tensorflow/tfjs';
import { scoped, tf } from '../tensorflow.ts';
import type { Inputs, Labels } from './load.ts';

const IMAGE = /\.(png|jpe?g)$/i;

type ImageData = Extract<Data, { type: 'images' }>;

/** Rows are in the order of the classes, and by name within. @throws AnnealError `data_missing`, `data_damaged`, `invalid_spec` */
export async function readImageFolder(
  spec: ImageData,
  dataFolder: string,
): Promise<{ inputs: Inputs; labels: Labels; classNames: readonly string[] }> {
  const files = (await Promise.all(spec.classes.map((name, label) => filesOf(spec, dataFolder, name, label)))).flat();
  const [height, width] = spec.size;
  const size = height * width * spec.channels;
  const values = new Uint8Array(files.length * size);
  for (const [row, { file, name }] of files.entries()) values.set(decode(await readFile(file), name, spec), row * size);
  return {
    inputs: { dtype: 'uint8', shape: [files.length, height, width, spec.channels], values },
    labels: { kind: 'class', classes: spec.classes.length, values: Int32Array.from(files, ({ label }) => label) },
    classNames: spec.classes,
  };
}

async function filesOf(spec: ImageData, dataFolder: string, name: string, label: number) {
  const shown = path.posix.join(spec.folder, name);
  const folder = await inside(dataFolder, shown);
  const names = (await readdir(folder)).filter((file) => IMAGE.test(file)).sort();
  if (names.length === 0)
    throw new AnnealError(
      'data_missing',
      `data.classes[${label}]: ${shown} holds no .png, .jpg or .jpeg file`,
      'data.classes',
    );
  return names.map((file) => ({ file: path.join(folder, file), name: `${shown}/${file}`, label }));
}

/** @throws AnnealError if the folder is not there or leads out of the data folder */
async function inside(dataFolder: string, name: string): Promise<string> {
  const missing = `data.folder: there is no folder ${name} under the data folder`;
  const [root, real] = await Promise.all([realpath(dataFolder), realpath(path.resolve(dataFolder, name))]).catch(() => {
    throw new AnnealError('data_missing', missing, 'data.folder');
  });
  const way = path.relative(root, real);
  if (way.startsWith('..') || path.isAbsolute(way))
    throw new AnnealError('invalid_spec', `data.folder: '${name}' leads out of the data folder`, 'data.folder');
  return real;
}

function decode(bytes: Uint8Array, name: string, { size, channels }: ImageData): Uint8Array {
  return scoped(() => {
    const image = decoded(bytes, name, channels);
    const [height, width] = image.shape;
    if (height === size[0] && width === size[1]) return Uint8Array.from(image.dataSync());
    const text = `${name} is ${height} x ${width}, but data.size is ${size.join(' x ')}; scale the images to one size`;
    throw new AnnealError('data_damaged', `data.size: ${text}`, 'data.size');
  });
}

function decoded(bytes: Uint8Array, name: string, channels: 1 | 3): Tensor3D {
  try {
    const { node } = tf as unknown as { node: { decodeImage(bytes: Uint8Array, channels: number): Tensor3D } };
    return node.decodeImage(bytes, channels);
  } catch (cause) {
    const message = `data.folder: ${name} can't be decoded: ${(cause as Error).message}`;
    throw new AnnealError('data_damaged', message, 'data.folder', [], { cause });
  }
}
