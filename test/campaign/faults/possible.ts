/** The worlds that this machine can open. */
import { NoStandIn } from '../../../infra/stand-ins/index.mjs';
import { openAws } from './aws.ts';
import type { CampaignOptions } from './campaign.ts';
import { openEmbedded } from './embedded.ts';
import { preparePrograms } from './programs.ts';
import type { World } from './world.ts';

/** @param without told why the stand-ins for AWS can't be had; with ANNEAL_STAND_INS=required that is an error */
export async function possibleWorlds(without: (reason: string) => void): Promise<CampaignOptions['worlds']> {
  await preparePrograms();
  let first: World | undefined;
  try {
    first = await openAws();
  } catch (error) {
    if (!(error instanceof NoStandIn) || process.env.ANNEAL_STAND_INS === 'required') throw error;
    without(error.message);
    return { embedded: openEmbedded };
  }
  return {
    embedded: openEmbedded,
    async aws() {
      const opened = first;
      first = undefined;
      return opened ?? openAws();
    },
  };
}
