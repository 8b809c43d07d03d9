/** Recovery on the stores of one machine. */
import { openPlace } from './place.ts';
import { recoveryCases } from './recovery.cases.ts';

recoveryCases('SQLite and files', openPlace);
