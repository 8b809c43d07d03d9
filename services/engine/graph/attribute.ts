/** Attributes of a graph node, and their protobuf form. */
import { type Message, proto } from '../tensorflow.ts';

export type Attribute =
  | { readonly type: number }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly string: string | Uint8Array }
  | { readonly shape: readonly number[] }
  | { readonly tensor: Message }
  | { readonly func: string }
  | { readonly types: readonly number[] }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly (string | Uint8Array)[] }
  | { readonly shapes: readonly (readonly number[])[] };

export type Attributes = Record<string, Attribute>;

const bytes = (text: string | Uint8Array): Uint8Array => (typeof text === 'string' ? Buffer.from(text) : text);

export function shapeMessage(shape: readonly number[]): Message {
  const message = new proto.TensorShape();
  for (const size of shape) {
    const dim = new proto.TensorShape.Dim();
    dim.setSize(size);
    message.addDim(dim);
  }
  return message;
}

export function attributeMessage(attribute: Attribute): Message {
  const message = new proto.AttrValue();
  if ('type' in attribute) message.setType(attribute.type);
  else if ('int' in attribute) message.setI(attribute.int);
  else if ('float' in attribute) message.setF(attribute.float);
  else if ('bool' in attribute) message.setB(attribute.bool);
  else if ('string' in attribute) message.setS(bytes(attribute.string));
  else if ('shape' in attribute) message.setShape(shapeMessage(attribute.shape));
  else if ('tensor' in attribute) message.setTensor(attribute.tensor);
  else if ('func' in attribute) message.setFunc(functionName(attribute.func));
  else message.setList(listMessage(attribute));
  return message;
}

function functionName(name: string): Message {
  const message = new proto.NameAttrList!();
  message.setName(name);
  return message;
}

function listMessage(attribute: Attribute): Message {
  const list = new proto.AttrValue.ListValue();
  if ('types' in attribute) list.setTypeList([...attribute.types]);
  else if ('ints' in attribute) list.setIList([...attribute.ints]);
  else if ('floats' in attribute) list.setFList([...attribute.floats]);
  else if ('strings' in attribute) list.setSList(attribute.strings.map(bytes));
  else if ('shapes' in attribute) list.setShapeList(attribute.shapes.map(shapeMessage));
  return list;
}
