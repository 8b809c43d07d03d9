/** Recovery on the stores of AWS, over their stand-ins. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startDynamodb, startS3 } from '../../infra/stand-ins/index.mjs';
import { createJobsTable } from '../../services/core/adapters/dynamodb-job-store/set-up.ts';
import { standIn } from '../stand-ins/start.ts';
import { openPlace } from './place.ts';
import { recoveryCases } from './recovery.cases.ts';

const what = 'recovery on DynamoDB and S3';
const s3 = await standIn(what, startS3);
const dynamodb = s3 && (await standIn(what, () => startDynamodb({ credentials: s3.credentials })));
if (s3 && dynamodb) {
  const { credentials } = s3;
  const region = 'us-east-1';
  const bucket = new S3Client({ region, endpoint: s3.url, forcePathStyle: true, credentials });
  await bucket.send(new CreateBucketCommand({ Bucket: 'anneal' }));
  await createJobsTable(new DynamoDBClient({ region, endpoint: dynamodb.url, credentials }), 'anneal');
  // Where the stores of this process and of its runners find them.
  process.env.AWS_ACCESS_KEY_ID = credentials.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = credentials.secretAccessKey;
  let places = 0;
  recoveryCases('DynamoDB and S3', (t, env) => {
    const tenant = `place-${++places}`;
    return openPlace(t, env, () => ({
      ANNEAL_STORE: `dynamodb:anneal?tenant=${tenant}&pace=150&region=${region}&endpoint=${dynamodb.url}`,
      ANNEAL_ARTIFACTS: `s3:anneal/${tenant}?region=${region}&endpoint=${s3.url}`,
    }));
  });
}
