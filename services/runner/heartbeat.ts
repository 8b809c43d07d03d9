/** Keeps the lease alive, carries progress to the store, and hears of wishes to stop. */
import type { JobStore, Lease } from '@anneal/core';
import { AnnealError, type Job, type PlanReport, type Progress } from '@anneal/schemas';

/** Milliseconds between two beats: also how long a wish to stop can go unheard. */
const EVERY = 80;
/** Milliseconds between two writes of progress. */
const PROGRESS_EVERY = 250;

export class Heartbeat {
  private update: { progress?: Progress; plan?: PlanReport } = {};
  private renewedAt = Date.now();
  private reportedAt = 0;
  private beating: Promise<void> | null = null;
  private readonly timer = setInterval(() => this.tick(), EVERY);

  constructor(
    private readonly jobs: JobStore,
    private readonly lease: Lease,
    private readonly ttl: number,
    private readonly onStop: (stopping: NonNullable<Job['stopping']>) => void,
    private readonly onLost: (error: unknown) => void,
  ) {}

  /** The newest progress and plan; written with the next beat. */
  report({ progress, plan }: { readonly progress?: Progress; readonly plan?: PlanReport }): void {
    if (progress) this.update.progress = progress;
    if (plan) this.update.plan = plan;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
  }

  private tick(): void {
    this.beating ??= this.beat()
      .catch((error: unknown) => {
        // A store that can't be reached may come back before the lease runs out.
        if (error instanceof AnnealError && error.retryable && Date.now() - this.renewedAt < this.ttl) return;
        this.onLost(error);
      })
      .finally(() => {
        this.beating = null;
      });
  }

  /** Writes if there is something to write or the lease wants renewing; else only looks whether the job is to stop. */
  private async beat(): Promise<void> {
    const now = Date.now();
    const news = (this.update.progress || this.update.plan) && now - this.reportedAt >= PROGRESS_EVERY;
    if (!news && now - this.renewedAt < this.ttl / 3) {
      const { stopping, state } = await this.jobs.get(this.lease.jobId);
      if (stopping && state === 'running') this.onStop(stopping);
      return;
    }
    const { update } = this;
    this.update = {};
    const { stopping } = await this.jobs.heartbeat(this.lease, this.ttl, update);
    this.renewedAt = now;
    this.reportedAt = now;
    if (stopping) this.onStop(stopping);
  }
}
