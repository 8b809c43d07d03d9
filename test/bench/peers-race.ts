/** The peers' side of the bench: every mode once, then the most promising ones again and again, interleaved with Anneal. */

import type { WorkName } from './anneal.ts';
import { peerNames } from './peers/install.mjs';
import { type Peer, startPeer } from './peers/peer.mjs';

/** Modes of a peer that stay in the race after the first round. */
const FINALISTS = 2;

export interface Racer {
  readonly peer: string;
  readonly mode: string;
  readonly times: number[];
}

export class PeersRace {
  private readonly racers = new Map<WorkName, Racer[]>();

  private constructor(
    private readonly peers: readonly Peer[],
    private readonly tell: (line: string) => void,
  ) {}

  /** Starts all peers; one that can't be had is reported and left out. */
  static async start(tell: (line: string) => void): Promise<PeersRace> {
    const peers: Peer[] = [];
    for (const name of peerNames) {
      try {
        peers.push(await startPeer(name, tell));
      } catch (error) {
        tell(`PEER MISSING: ${name}: ${(error as Error).message}`);
      }
    }
    return new PeersRace(peers, tell);
  }

  async round(work: WorkName, seconds: number): Promise<void> {
    const racers = this.racers.get(work) ?? (await this.enter(work));
    for (const racer of racers) {
      const peer = this.peers.find((candidate) => candidate.name === racer.peer)!;
      try {
        racer.times.push((await peer.measure({ work, mode: racer.mode, seconds })).microsecondsPerStep);
      } catch (error) {
        this.tell(`${work}: ${racer.peer} ${racer.mode} can't run here: ${(error as Error).message.split('\n')[0]}`);
      }
    }
    this.racers.set(work, finalists(racers));
  }

  /** Median of each peer's fastest mode. */
  fastest(work: WorkName): Map<string, { mode: string; microseconds: number }> {
    const best = new Map<string, { mode: string; microseconds: number }>();
    for (const { peer, mode, times } of this.racers.get(work) ?? []) {
      const microseconds = median(times);
      if (microseconds < (best.get(peer)?.microseconds ?? Number.POSITIVE_INFINITY))
        best.set(peer, { mode, microseconds });
    }
    return best;
  }

  async close(): Promise<void> {
    await Promise.all(this.peers.map((peer) => peer.close()));
  }

  private async enter(work: WorkName): Promise<Racer[]> {
    const racers: Racer[] = [];
    for (const peer of this.peers) {
      const { works } = await peer.list();
      for (const mode of works[work] ?? []) racers.push({ peer: peer.name, mode, times: [] });
    }
    return racers;
  }
}

function finalists(racers: readonly Racer[]): Racer[] {
  const ran = racers.filter((racer) => racer.times.length > 0);
  return [...new Set(ran.map((racer) => racer.peer))].flatMap((peer) =>
    ran
      .filter((racer) => racer.peer === peer)
      .sort((a, b) => median(a.times) - median(b.times))
      .slice(0, FINALISTS),
  );
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
