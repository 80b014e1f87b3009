// Loaded into Node before the program under test: whatever it opens to another machine ends at the proxy.
// The proxy reads from TLS and from the Host header whom it was meant for, so nothing else changes.
'use strict';
const net = require('node:net');
const proxy = new URL(process.env.MOCK_INTERCEPT_PROXY);
const isLocal = (host) => !host || host === 'localhost' || host === '::1' || /^127\./.test(host);
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...given) {
  const [options, done] = Array.isArray(given[0]) ? given[0] : net._normalizeArgs(given);
  if (options.path || isLocal(options.host)) return connect.apply(this, given);
  const redirected = { ...options, host: proxy.hostname, port: Number(proxy.port), lookup: undefined };
  return done ? connect.call(this, redirected, done) : connect.call(this, redirected);
};
