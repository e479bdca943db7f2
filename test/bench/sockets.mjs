import { WebSocket } from 'ws';

// A process of its own: holds many equal subscriptions and tells its parent when each frame has come.
const { url, token, count, resource, window } = JSON.parse(process.argv[2]);
const QUERY = `subscription watch($resources: [ID!]!, $window: WindowInput!) { availability(resources: $resources, window: $window) {
  __typename ... on AvailabilitySnapshot { version } ... on AvailabilityChange { version taken { startsAt endsAt } } } }`;
/** How many sockets open at once: a storm is another measurement. */
const AT_ONCE = 100;

const now = () => performance.timeOrigin + performance.now();
/** version -> instants at which it was received. */
const received = new Map();
let twice = 0;

const open = () =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    let last = 0;
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.once('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })),
    );
    socket.on('message', (bytes) => {
      const at = now();
      const text = bytes.toString();
      if (text.includes('"connection_ack"')) {
        socket.send(
          JSON.stringify({
            id: '1',
            type: 'subscribe',
            payload: { query: QUERY, variables: { resources: [resource], window } },
          }),
        );
      } else if (text.includes('"ping"')) socket.send('{"type":"pong"}');
      else if (text.includes('"AvailabilitySnapshot"')) {
        last = Number(/"version":(\d+)/.exec(text)?.[1]);
        resolve();
      } else if (text.includes('"AvailabilityChange"')) {
        const version = Number(/"version":(\d+)/.exec(text)?.[1]);
        if (version !== last + 1) twice++;
        last = version;
        const times = received.get(version);
        if (times) times.push(at);
        else received.set(version, [at]);
      } else reject(new Error(text));
    });
  });

for (let opened = 0; opened < count; opened += AT_ONCE) {
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - opened) }, open));
}
process.send({ ready: true });
process.on('message', () => {
  process.send({ received: [...received].map(([version, times]) => [version, times]), outOfOrder: twice });
  received.clear();
});
