/** Members that answer together, opened in their turn, so that memory holds one model however many there are. One alone stays open. */
import { answeringPlan, type DataSet, type TrainedModel } from '@anneal/engine';
import { type EnsembleAverage, probabilityOf, type TrainSpec } from '@anneal/schemas';
import { AnswerSum } from './answer-sum.ts';

export interface Member {
  readonly spec: TrainSpec;
  /** Builds it; the caller disposes of it. @throws AnnealError `data_damaged` where its artifact doesn't hold its weights */
  open(): TrainedModel;
}

export interface Answers {
  /** The common outputs, one row after the other. */
  readonly outputs: Float32Array;
  /** Mean over the rows; see AnswerSum. */
  readonly disagreement: number;
}

export interface CommitteeOptions {
  readonly data: DataSet;
  readonly average: EnsembleAverage;
  /** Numbers that a model answers for a row. */
  readonly width: number;
}

export interface Listening {
  /** Hears the outputs of each member. */
  readonly heard?: ((outputs: Float32Array) => void) | undefined;
  /** Hears of rows that a member has answered; true ends the work. */
  readonly progress: (rows: number) => boolean;
}

/** Rows between two looks at whether to stop. */
const STRIDE = 5000;

interface Opened {
  predict(rows: Int32Array): Float32Array;
  close(): void;
}

export class Committee {
  #open: Opened | null = null;

  constructor(
    private readonly members: readonly Member[],
    private readonly options: CommitteeOptions,
  ) {}

  /** Null if it was ended. */
  answers(rows: Int32Array, { heard, progress }: Listening): Answers | null {
    const { average, width } = this.options;
    const probability = probabilityOf(this.members[0]!.spec.loss);
    const classes = this.options.data.labels.kind === 'class';
    const sum = new AnswerSum(rows.length, { average, probability, width, classes });
    for (const member of this.members) {
      const outputs = this.#answersOf(member, rows, progress);
      if (!outputs) return null;
      heard?.(outputs);
      if (this.members.length === 1) return { outputs, disagreement: 0 };
      sum.add(outputs);
    }
    return { outputs: sum.outputs, disagreement: sum.disagreement };
  }

  close(): void {
    this.#open?.close();
    this.#open = null;
  }

  #answersOf(member: Member, rows: Int32Array, progress: Listening['progress']): Float32Array | null {
    const { width, data } = this.options;
    this.#open ??= open(member, data);
    const outputs = new Float32Array(rows.length * width);
    try {
      for (let from = 0; from < rows.length; from += STRIDE) {
        const taken = rows.subarray(from, from + STRIDE);
        outputs.set(this.#open.predict(taken), from * width);
        if (progress(taken.length)) return null;
      }
      return outputs;
    } finally {
      if (this.members.length > 1) this.close();
    }
  }
}

function open(member: Member, data: DataSet): Opened {
  const model = member.open();
  try {
    const plan = answeringPlan(model, member.spec, data);
    return {
      predict: (rows) => plan.predict(rows),
      close() {
        plan.dispose();
        model.built.dispose();
      },
    };
  } catch (error) {
    model.built.dispose();
    throw error;
  }
}

/** The answers of members that are asked once. Null if the work was ended. */
export function answersOf(
  members: readonly Member[],
  { rows, heard, progress, ...options }: CommitteeOptions & Listening & { readonly rows: Int32Array },
): Answers | null {
  const committee = new Committee(members, options);
  try {
    return committee.answers(rows, { heard, progress });
  } finally {
    committee.close();
  }
}
