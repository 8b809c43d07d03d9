/** Reads PNG and JPEG files out of one folder a class, by TensorFlow's own decoders. */
import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { AnnealError, type Data } from '@anneal/schemas';
import type { Tensor3D } from '@tensorflow/tfjs';
import { scoped, tf } from '../tensorflow.ts';
import { type OpenArrays, unlabelled } from './open-arrays.ts';

const IMAGE = /\.(png|jpe?g)$/i;

type ImageData = Extract<Data, { type: 'images' }>;

/** Rows are in the order of the classes, and by name within. @throws AnnealError `data_missing`, `data_damaged`, `invalid_spec` */
export async function openImageFolder(spec: ImageData, dataFolder: string): Promise<OpenArrays> {
  const files = await imageFiles(spec, dataFolder);
  const [height, width] = spec.size;
  async function* images() {
    for (const { file, name } of files) yield decode(await readFile(file), name, spec);
  }
  async function* labels() {
    yield Int32Array.from(files, ({ label }) => label);
  }
  const inputs = {
    inputs: { dtype: 'uint8' as const, shape: [files.length, height, width, spec.channels] },
    inputParts: images,
  };
  if (!spec.classes) return { ...inputs, ...unlabelled };
  return {
    ...inputs,
    labels: { kind: 'class', classes: spec.classes.length },
    labelParts: labels,
    classNames: spec.classes,
  };
}

export interface ImageFile {
  /** Where it lies, and how people read it. */
  readonly file: string;
  readonly name: string;
  readonly label: number;
}

/** The images in the order of the rows. @throws AnnealError `data_missing`, `invalid_spec` */
export async function imageFiles(spec: ImageData, dataFolder: string): Promise<ImageFile[]> {
  if (!spec.classes) return filesOf(spec, dataFolder, '', 0);
  return (await Promise.all(spec.classes.map((name, label) => filesOf(spec, dataFolder, name, label)))).flat();
}

async function filesOf(spec: ImageData, dataFolder: string, name: string, label: number): Promise<ImageFile[]> {
  const shown = path.posix.join(spec.folder, name);
  const folder = await inside(dataFolder, shown);
  const names = (await readdir(folder)).filter((file) => IMAGE.test(file)).sort();
  if (names.length === 0) {
    const [place, param] = spec.classes ? [`data.classes[${label}]`, 'data.classes'] : ['data.folder', 'data.folder'];
    throw new AnnealError('data_missing', `${place}: ${shown} holds no .png, .jpg or .jpeg file`, param);
  }
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

function decode(bytes: Uint8Array, name: string, { size, channels }: ImageData): Uint8Array<ArrayBuffer> {
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
