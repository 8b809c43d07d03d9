/**
 * The graph of a step in float64: every attribute, constant and placeholder of type float becomes double. What has no kernel for doubles on CPUs is
 * exchanged for its parts, or named.
 */
import { Graph } from '../graph/graph.ts';
import { DataType, type Message, proto } from '../tensorflow.ts';

/** Kernels of TensorFlow 2.21 that compute in float alone. */
const WITHOUT_DOUBLES = [
  'AvgPool3D',
  'AvgPool3DGrad',
  'MaxPool3D',
  'MaxPool3DGrad',
  'LRN',
  'LRNGrad',
  'ResizeBilinear',
  'ResizeBilinearGrad',
  'CropAndResize',
  'FusedBatchNormGradV3',
  '_FusedMatMul',
];

/** An op of the model that can't be computed in double precision. */
export class NoDoubles extends Error {
  constructor(readonly op: string) {
    super(`TensorFlow has no double-precision kernel for ${op}`);
    this.name = 'NoDoubles';
  }
}

const T = { T: { type: DataType.float64 } };

/** @throws NoDoubles */
export function retyped(graph: Graph): Graph {
  const doubles = new Graph();
  for (const node of graph.list) {
    const op = node.getOp() as string;
    if (WITHOUT_DOUBLES.includes(op)) throw new NoDoubles(op);
    if (op === 'FusedBatchNorm' || op === 'FusedBatchNormV3') unfuseNormalization(doubles, node);
    else doubles.adopt(retypeNode(node));
  }
  return doubles;
}

function retypeNode(node: Message): Message {
  const copy = proto.NodeDef as unknown as { deserializeBinary(bytes: Uint8Array): Message };
  const made = copy.deserializeBinary(node.serializeBinary());
  made.getAttrMap().forEach((value: Message) => {
    if (value.getType() === DataType.float32) value.setType(DataType.float64);
    if (value.hasTensor() && value.getTensor().getDtype() === DataType.float32)
      value.setTensor(retypeTensor(value.getTensor()));
    if (value.hasList()) {
      const types = value.getList().getTypeList() as number[];
      if (types.length > 0)
        value.getList().setTypeList(types.map((type) => (type === DataType.float32 ? DataType.float64 : type)));
    }
  });
  return made;
}

function retypeTensor(tensor: Message): Message {
  const content = tensor.getTensorContent_asU8() as Uint8Array;
  const floats =
    content.length > 0
      ? new Float32Array(content.slice().buffer)
      : Float32Array.from(tensor.getFloatValList() as number[]);
  const made = new proto.Tensor!();
  made.setDtype(DataType.float64);
  made.setTensorShape(tensor.getTensorShape());
  if (content.length > 0) made.setTensorContent(new Uint8Array(Float64Array.from(floats).buffer));
  else made.setDoubleValList([...floats]);
  return made;
}

/** γ (x − μ) / √(σ² + ε) + β by the name of the node: with given statistics, as TF.js calls it, it is nothing else. */
function unfuseNormalization(graph: Graph, node: Message): void {
  const [x, gamma, beta, mean, variance] = node.getInputList() as string[];
  const name = node.getName() as string;
  const make = (op: string, inputs: string[], part: string) => graph.node(op, inputs, T, `${name}/${part}`);
  const epsilon = graph.node(
    'Const',
    [],
    { dtype: { type: DataType.float64 }, value: { tensor: doubleScalar(node.getAttrMap().get('epsilon').getF()) } },
    `${name}/epsilon`,
  );
  const scale = make('Rsqrt', [make('AddV2', [variance!, epsilon], 'shifted')], 'scale');
  const weight = make('Mul', [scale, gamma!], 'weight');
  const centred = make('Sub', [x!, mean!], 'centred');
  graph.node('AddV2', [make('Mul', [centred, weight], 'scaled'), beta!], T, name);
}

export function doubleScalar(value: number): Message {
  const tensor = new proto.Tensor!();
  tensor.setDtype(DataType.float64);
  tensor.setTensorShape(new proto.TensorShape());
  tensor.setDoubleValList([value]);
  return tensor;
}
