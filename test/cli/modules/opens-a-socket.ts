import { connect } from 'node:net';

export const loss = () => connect(80, 'example.org');
