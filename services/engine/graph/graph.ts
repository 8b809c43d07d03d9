/** A TensorFlow graph under construction: nodes, resource variables and functions; written as a SavedModel. */
import { type DataType, type Message, proto, tensorflowVersion } from '../tensorflow.ts';
import type { FunctionBuilder } from './function.ts';
import { NodeList, type Output } from './node-list.ts';

/** GraphDef version that current TensorFlow produces and all since 2021 read. */
const PRODUCER = 1087;

export interface Signature {
  readonly inputs: Readonly<Record<string, { output: Output; type: DataType; shape: readonly number[] }>>;
  readonly outputs: Readonly<Record<string, { output: Output; type: DataType; shape: readonly number[] }>>;
}

export class Graph extends NodeList {
  private readonly handles = new Map<string, Output>();
  private readonly library = new proto.FunctionDefLibrary!();

  /** Declares a resource variable; `variable(name)` is its handle from then on. */
  declare(name: string, type: DataType, shape: readonly number[]): void {
    const attributes = { dtype: { type }, shape: { shape }, shared_name: { string: name }, container: { string: '' } };
    this.handles.set(name, this.node('VarHandleOp', [], attributes, name));
  }

  override variable(name: string): Output {
    const handle = this.handles.get(name);
    if (!handle) throw new Error(`variable '${name}' is not declared`);
    return handle;
  }

  placeholder(name: string, type: DataType, shape: readonly number[]): Output {
    return this.node('Placeholder', [], { dtype: { type }, shape: { shape } }, name);
  }

  get list(): readonly Message[] {
    return this.nodes;
  }

  /** Takes over a node as it is; nodes made later in the same scope must not have its name. */
  adopt(node: Message): void {
    this.nodes.push(node);
  }

  addFunction(fn: FunctionBuilder): void {
    this.library.addFunction(fn.message());
  }

  /** Bytes of `saved_model.pb`. */
  savedModel(signature?: Signature): Uint8Array {
    const graph = new proto.GraphDef!();
    const versions = new proto.VersionDef!();
    versions.setProducer(PRODUCER);
    graph.setVersions(versions);
    graph.setNodeList(this.nodes);
    graph.setLibrary(this.library);
    const meta = new proto.MetaGraphDef();
    const info = new proto.MetaGraphDef.MetaInfoDef();
    info.addTags('serve');
    info.setTensorflowVersion(tensorflowVersion);
    meta.setMetaInfoDef(info);
    meta.setGraphDef(graph);
    if (signature) meta.getSignatureDefMap().set('serving_default', signatureMessage(signature));
    const saved = new proto.SavedModel!();
    saved.setSavedModelSchemaVersion(1);
    saved.addMetaGraphs(meta);
    return saved.serializeBinary();
  }
}

function signatureMessage(signature: Signature): Message {
  const message = new proto.SignatureDef!();
  message.setMethodName('tensorflow/serving/predict');
  for (const side of ['inputs', 'outputs'] as const) {
    const map = side === 'inputs' ? message.getInputsMap() : message.getOutputsMap();
    for (const [name, { output, type, shape }] of Object.entries(signature[side]))
      map.set(name, tensorInfo(output, type, shape));
  }
  return message;
}

function tensorInfo(output: Output, type: DataType, shape: readonly number[]): Message {
  const info = new proto.TensorInfo!();
  info.setName(output.includes(':') ? output : `${output}:0`);
  info.setDtype(type);
  const message = new proto.TensorShape();
  for (const size of shape) {
    const dim = new proto.TensorShape.Dim();
    dim.setSize(size);
    message.addDim(dim);
  }
  info.setTensorShape(message);
  return info;
}
