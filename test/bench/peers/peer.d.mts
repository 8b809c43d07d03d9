/** What a peer can run here. */
export interface PeerList {
  peer: string;
  version: string;
  /** work -> its modes */
  works: Record<string, string[]>;
}

export interface PeerMeasurement {
  work: string;
  mode: string;
  microsecondsPerStep: number;
  steps: number;
  /** of the last step (Keras' fit: the running mean), to show that it trains */
  loss: number;
  version: string;
}

export interface Peer {
  name: string;
  list(): Promise<PeerList>;
  /**
   * Trains for about `seconds`; the first call for a mode also builds and warms it.
   * @throws Error whose message is the reason why the mode cannot run here
   */
  measure(request: { work: string; mode: string; seconds: number }): Promise<PeerMeasurement>;
  close(): Promise<void>;
}

/**
 * Installs the peer if need be and starts its process.
 * @throws Error whose message is the reason why the peer is not available here
 */
export function startPeer(name: string, log?: (line: string) => void): Promise<Peer>;
