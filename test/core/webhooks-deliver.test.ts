/** Sending one message: its signature, where it may go, and what its receiver may do. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { checkedLookup, checkNetworks, checkUrl, type Resolve, refusal } from '@anneal/core/webhooks/addresses.ts';
import { deliver, signedHeaders } from '@anneal/core/webhooks/deliver.ts';
import type { Endpoint } from '@anneal/core/webhooks/endpoints.ts';
import type { WebhookMessage } from '@anneal/schemas';
import { Webhook } from 'standardwebhooks';
import { type Receiver, startReceiver } from './receiver.ts';

const HERE = { networks: ['127.0.0.0/8'] };
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const other = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const endpoint = (url: string, secrets: Endpoint['secrets'] = [{ secret, until: null }]): Endpoint => ({
  ...{ id: 'wh_1', url, events: ['job.failed'], description: '', createdAt: '', failing: null, secrets },
});
const message = { type: 'job.failed', timestamp: '2026-01-01T00:00:00.000Z', data: {} } as unknown as WebhookMessage;

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.stop());
const here = (path = '/hook') => `http://127.0.0.1:${receiver.port}${path}`;
const send = (url: string, options = {}) =>
  deliver(endpoint(url), 'msg_1', message, Date.now(), { ...HERE, ...options });

describe('the signature', () => {
  it('is the HMAC-SHA-256 of id, time and body, in base 64', () => {
    const at = 1_800_000_000_999;
    const headers = signedHeaders(endpoint(''), 'msg_1', '{"a":"ü"}', at);
    const mac = createHmac('sha256', Buffer.alloc(32, 7)).update('msg_1.1800000000.{"a":"ü"}').digest('base64');
    assert.deepEqual(headers, {
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1800000000',
      'webhook-signature': `v1,${mac}`,
    });
  });

  it('is of both secrets while the old one holds', () => {
    const now = Date.now();
    const both = endpoint('', [
      { secret, until: null },
      { secret: other, until: now + 1000 },
    ]);
    const verify = (key: string, at: number) => {
      const headers = signedHeaders(both, 'msg_1', '{}', at);
      return new Webhook(key).verify('{}', headers);
    };
    assert.doesNotThrow(() => verify(secret, now));
    assert.doesNotThrow(() => verify(other, now));
    assert.doesNotThrow(() => verify(secret, now + 1000));
    assert.throws(() => verify(other, now + 1000), /No matching signature/);
  });
});

describe('addresses', () => {
  const closed = [
    ...[
      '127.0.0.1',
      '127.8.8.8',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '0.0.0.0',
    ],
    ...['100.64.0.1', '224.0.0.1', '255.255.255.255', '240.0.0.1', '192.0.0.1', '198.18.0.1'],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'fd12:3456::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '::ffff:a9fe:a9fe',
    ],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1'],
  ];
  for (const address of closed) it(`${address} is closed`, () => assert.ok(refusal(address, [])));
  for (const address of ['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])
    it(`${address} is open`, () => assert.equal(refusal(address, []), undefined));

  it('of a network that is named are open, also when they are mapped', () => {
    assert.equal(refusal('10.1.2.3', ['fd00::/8', '10.0.0.0/8']), undefined);
    assert.equal(refusal('::ffff:10.1.2.3', ['10.0.0.0/8']), undefined);
    assert.ok(refusal('192.168.0.1', ['10.0.0.0/8']));
    assert.throws(() => checkNetworks(['10.0.0.0/8', 'x']), { code: 'invalid_request', message: /'x' is no network/ });
  });

  it('are looked at when a webhook is registered, however they are written', () => {
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '017700000001', '[::1]', '[::ffff:7f00:1]', '127.1'])
      assert.throws(() => checkUrl(`https://${host}/x`, []), { code: 'invalid_request', param: 'url' }, host);
    for (const url of [
      'http://example.com',
      'ftp://example.com',
      'file:///etc/passwd',
      'no address',
      'https://a:b@example.com',
    ])
      assert.throws(() => checkUrl(url, []), { code: 'invalid_request', param: 'url' }, url);
    assert.throws(() => checkUrl('gopher://x', ['10.0.0.0/8']), { code: 'invalid_request' });
    assert.doesNotThrow(() => checkUrl('https://example.com:8443/a?b=c', []));
  });

  it('are looked at again when a message is sent, by whatever name', async () => {
    const count = receiver.received.length;
    for (const url of [here(), `http://2130706433:${receiver.port}/`, `https://127.0.0.1:${receiver.port}/`]) {
      const outcome = await deliver(endpoint(url), 'msg_1', message, Date.now());
      assert.equal(outcome.kind, 'failed', url);
    }
    assert.equal(receiver.received.length, count);
  });

  const resolving = (...addresses: string[]) => {
    const asked: string[] = [];
    const resolve: Resolve = (name, _options, done) => {
      asked.push(name);
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };
    return { resolve, asked };
  };

  it('of a name are all looked at: one that is private closes it', async () => {
    const { resolve } = resolving('93.184.216.34', '10.0.0.1');
    const outcome = await deliver(endpoint('https://two.example'), 'msg_1', message, Date.now(), { resolve });
    assert.deepEqual(outcome, {
      kind: 'failed',
      reason: 'two.example leads to 10.0.0.1 is not a public address (private)',
    });
    const lookup = checkedLookup([], resolving('::ffff:127.0.0.1').resolve);
    const error = await new Promise((done) => lookup('x', { all: true }, done));
    assert.match(String(error), /127.0.0.1 is not a public address/);
  });

  it('are resolved once, and the connection goes to what was looked at', async () => {
    const { resolve, asked } = resolving('127.0.0.1');
    const outcome = await send(`http://receiver.example:${receiver.port}/named`, { resolve });
    assert.deepEqual([outcome.kind, asked], ['delivered', ['receiver.example']]);
    assert.equal(receiver.received.at(-1)?.headers.host, `receiver.example:${receiver.port}`);
  });
});

describe('a receiver', () => {
  it('gets the message as it was signed', async () => {
    assert.deepEqual(await send(here('/a?b=c')), { kind: 'delivered' });
    const { path, headers, body } = receiver.received.at(-1)!;
    assert.equal(path, '/a?b=c');
    assert.equal(headers['content-type'], 'application/json');
    assert.deepEqual(new Webhook(secret).verify(body, headers as Record<string, string>), message);
  });

  for (const [status, kind] of [
    [204, 'delivered'],
    [410, 'gone'],
    [404, 'failed'],
    [500, 'failed'],
    [429, 'failed'],
  ] as const)
    it(`that answers ${status}: ${kind}`, async () => {
      receiver.answer = status;
      assert.equal((await send(here())).kind, kind);
      receiver.answer = 200;
    });

  it('that redirects is not followed', async () => {
    receiver.answer = 307;
    const count = receiver.received.length;
    assert.deepEqual(await send(here()), { kind: 'failed', reason: 'it answered 307; redirects are not followed' });
    assert.equal(receiver.received.length, count + 1);
    receiver.answer = 200;
  });

  it('that does not answer is given up in time, and one that is not there at once', async () => {
    receiver.answer = 'hang';
    const outcome = await send(here(), { timeoutMilliseconds: 50 });
    assert.deepEqual(outcome, { kind: 'failed', reason: 'no answer within 0.05 s' });
    const end = new AbortController();
    const broken = send(here(), { signal: end.signal });
    end.abort(new Error('closing'));
    await assert.rejects(broken, /closing/);
    receiver.answer = 200;
    assert.match(JSON.stringify(await send('http://127.0.0.1:9/')), /ECONNREFUSED/);
  });

  it('by https must have a certificate that is trusted', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'anneal-tls-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
    try {
      execFileSync('openssl', [...args, '-subj', '/CN=localhost', '-keyout', key, '-out', cert], { stdio: 'ignore' });
    } catch {
      return t.skip('openssl is missing, which makes a certificate');
    }
    const secure = await startReceiver({ key: readFileSync(key), cert: readFileSync(cert) });
    const outcome = await send(`https://127.0.0.1:${secure.port}/`);
    assert.match(JSON.stringify(outcome), /self-signed certificate/);
    assert.equal(secure.received.length, 0);
    await secure.stop();
  });
});
