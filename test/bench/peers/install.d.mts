/** The names that `installPeer` and `startPeer` know. */
export const peerNames: string[];

/**
 * Makes the peer runnable, which the first time can take minutes.
 * @throws Error whose message is the reason why the peer is not available here
 */
export function installPeer(name: string, log?: (line: string) => void): Promise<{ command: string; args: string[] }>;
