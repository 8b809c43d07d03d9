/** docs/reference/spec.md: every field of a train spec, out of the zod schemas and the docblocks of the files that define them. */
import { fullBatchDefinitions, lossDefinitions, trainSpec, updateDefinitions } from '@anneal/schemas';
import { z } from 'zod';
import { docblock, docblockOf } from './docblock.ts';
import { type Anchors, type Definitions, fieldTable, resolve, type Schema } from './fields.ts';
import { pictureOf } from './pictures.ts';

const HEADER = '<!-- Made by `npm run generate` from schemas/. Generated, do not edit. -->';

type Document = Schema & { readonly $defs: Definitions };

const documentOf = (io: 'input' | 'output') =>
  z.toJSONSchema(trainSpec, { io, unrepresentable: 'any' }) as unknown as Document;

const document = documentOf('input');
const definitions = withDefaults(document.$defs, documentOf('output').$defs);

/** JSON Schema leaves out the default of what is transformed, as a window's size: the output side has it. */
function withDefaults(input: Definitions, output: Definitions): Definitions {
  const completed = Object.entries(input).map(([id, schema]) => {
    const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
      const preset = output[id]?.properties?.[name]?.default;
      return [name, preset === undefined ? field : { ...field, default: preset }] as const;
    });
    return [id, schema.properties ? { ...schema, properties: Object.fromEntries(fields) } : schema] as const;
  });
  return Object.fromEntries(completed);
}

const anchors: Anchors = {
  Data: 'data',
  Split: 'split',
  Preprocessing: 'preprocessing',
  Model: 'model',
  Layer: 'layers',
  Activation: 'activation-functions',
  Initializer: 'initializers',
  Loss: 'loss',
  Regularization: 'regularization',
  Update: 'update',
  Schedule: 'schedule',
  Budget: 'budget',
  WarmUp: 'warm-up',
  Clipping: 'clip',
  WeightDecay: 'weightdecay',
  Averaging: 'averaging',
  EarlyStopping: 'earlystopping',
  Checkpointing: 'checkpoints',
  Observations: 'observations',
  Constraint: 'constraints',
  OwnMetric: 'metrics',
  PlanChoice: 'plan',
};

interface Choice {
  readonly name: string;
  readonly schema: Schema;
}

/** The members of a union, by the literal in `key`. */
function choices(union: string, key: string): Choice[] {
  return (definitions[union]?.oneOf ?? []).map((member) => {
    const schema = resolve(member, definitions);
    return { name: String(schema.properties?.[key]?.const), schema };
  });
}

const withOnly = (schema: Schema, wanted: (field: string) => boolean): Schema => ({
  ...schema,
  properties: Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([field]) => wanted(field))),
});
const without = (schema: Schema, fields: readonly string[]) => withOnly(schema, (field) => !fields.includes(field));

/** Fields that every layer has. */
const ofEveryLayer = ['name', 'inputs', 'frozen', 'rateMultiplier'];

const table = (schema: Schema, discriminator?: string) => fieldTable(schema, definitions, anchors, discriminator);
const described = (id: string) => definitions[id]?.description ?? '';

/** One section a member of a union: docblock, what `extra` says, fields. */
async function sections(
  union: string,
  key: string,
  folder: string | ((name: string) => string),
  extra = (_name: string) => '',
  common: readonly string[] = [],
): Promise<string> {
  const parts = choices(union, key).map(async ({ name, schema }) => {
    const told = await docblockOf(typeof folder === 'string' ? folder : folder(name), name);
    const intro = told.startsWith('Defined in') ? (schema.description ?? '') : '';
    return section(name, intro, told, extra(name), table(without(schema, common), key));
  });
  return (await Promise.all(parts)).join('\n\n');
}

/** Sets whose file says where they come from. */
const published = ['mnist', 'fashion-mnist'];
/** Fields that every source of data has. */
const ofEverySource = ['split', 'scale', 'preprocessing', 'limit'];

async function dataSets(): Promise<string> {
  const parts = choices('Data', 'type').map(async ({ name, schema }) => {
    const source = published.includes(name) ? await docblockOf('services/engine/data/sets/', name) : '';
    return section(name, schema.description ?? '', source, table(without(schema, ofEverySource), 'type'));
  });
  return (await Promise.all(parts)).join('\n\n');
}

const section = (name: string, ...parts: readonly string[]) =>
  [`### \`${name}\``, ...parts].filter((part) => part !== '').join('\n\n');

const targets = {
  class: 'Labels: classes. The last layer makes one number a class.',
  values: 'Labels: numbers. The last layer makes the shape of one label.',
  any: 'Labels: classes, or numbers. The last layer makes one number a class, or the shape of one label.',
};
const targetOf = (name: string) => targets[lossDefinitions.get(name)!.target];

function slotsOf(name: string): string {
  if (name === 'module') return 'Keeps for each parameter what `slots` names.';
  if (name === 'sfo') return 'Keeps its directions, and the history and model of each minibatch, in float64.';
  const definition = (fullBatchDefinitions.get(name) ?? updateDefinitions.get(name))!;
  const slots = definition.slots(definition.schema.parse({ rule: name }) as never);
  if (slots.length === 0) return 'Keeps nothing between steps.';
  return `Keeps for each parameter: ${slots.map((slot) => `\`${slot}\``).join(', ')}; all start at 0.`;
}

const pictured = (kind: 'rules' | 'schedules', name: string, alt: string): string =>
  `![${alt}](../${pictureOf(kind, name)})`;

/** Full-batch rules have a page of their own. */
const ruleExtra = (name: string): string => {
  if (name === 'module') return slotsOf(name);
  return fullBatchDefinitions.has(name)
    ? `${slotsOf(name)} More: [full-batch rules](../full-batch.md).`
    : `${slotsOf(name)}\n\n${pictured('rules', name, `A hundred steps of ${name} through a ravine`)}`;
};

/** A section of its own for an option that has a file. */
const option = async (field: string, id: string, file: string): Promise<string[]> => [
  `## ${field}`,
  await docblock(`schemas/${file}.ts`),
  table(definitions[id] ?? {}),
];

const enumOf = (id: string) => (definitions[id]?.enum ?? []).map((value) => `\`${value}\``).join(', ');

export async function specReference(): Promise<string> {
  const spec = resolve(document, definitions);
  const parts = [
    HEADER,
    '# Train spec',
    `${spec.description} A spec is one document, in YAML or JSON. [The guide](../guide-train.md) writes one step by step. ` +
      'A field that is not listed here is refused, with the nearest name offered; so are NaN and infinite numbers. ' +
      'Shapes are written without the batch dimension: `[28, 28, 1]` is height, width, channels.',
    table(spec),
    '## data',
    described('Data'),
    'Every source has:',
    table(withOnly(choices('Data', 'type')[0]!.schema, (field) => ofEverySource.includes(field))),
    await dataSets(),
    '### split',
    described('Split'),
    table(definitions.Split ?? {}),
    '### preprocessing',
    await docblock('schemas/dataset/preprocessing.ts'),
    '## model',
    described('Model'),
    table(definitions.Model ?? {}),
    '## layers',
    `${described('Layer')} The first one gets the shape of an example, each other one the shape that the one before it makes.`,
    'Every layer has:',
    table(withOnly(choices('Layer', 'type')[0]!.schema, (field) => ofEveryLayer.includes(field))),
    await sections('Layer', 'type', 'schemas/layers/', () => '', ofEveryLayer),
    '### activation functions',
    described('Activation'),
    enumOf('Activation'),
    '### initializers',
    await docblock('schemas/layers/initializer.ts'),
    '### constraints',
    await docblock('schemas/layers/kernel.ts'),
    '## loss',
    described('Loss'),
    await sections('Loss', 'type', 'schemas/losses/', targetOf),
    '## regularization',
    described('Regularization'),
    table(definitions.Regularization ?? {}),
    '## update',
    described('Update'),
    'In the formulas w is the parameter, g the gradient, α the learning rate of this step, and t the number of the step, from 1.',
    await sections(
      'Update',
      'rule',
      (name) => `schemas/${fullBatchDefinitions.has(name) ? 'full-batch' : 'updates'}/`,
      ruleExtra,
    ),
    '## schedule',
    `${described('Schedule')} t counts from 0. With \`unit: epochs\` it is a fraction within an epoch.`,
    await sections('Schedule', 'type', 'schemas/schedules/', (name) =>
      pictured('schedules', name, `The rate over sixty epochs by ${name}`),
    ),
    '### warm-up',
    described('WarmUp'),
    table(definitions.WarmUp ?? {}),
    ...(await option('clip', 'Clipping', 'clipping')),
    ...(await option('weightDecay', 'WeightDecay', 'weight-decay')),
    ...(await option('averaging', 'Averaging', 'averaging')),
    ...(await option('metrics', 'OwnMetric', 'own-metric')),
    ...(await option('earlyStopping', 'EarlyStopping', 'early-stopping')),
    ...(await option('checkpoints', 'Checkpointing', 'checkpointing')),
    ...(await option('observations', 'Observations', 'observations')),
    '## budget',
    described('Budget'),
    'Give at least one.',
    table(definitions.Budget ?? {}),
    '## plan',
    `${described('PlanChoice')} Allowed: ${enumOf('PlanChoice')}. [Architecture](../architecture.md#plans) explains them.`,
  ];
  return `${parts.join('\n\n')}\n`;
}
