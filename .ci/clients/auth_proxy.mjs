// Adds a token to requests, for clients that cannot send one. Arguments: its port, the port of Parley, the token.
import http from "node:http";

const [port, target, token] = process.argv.slice(2);
http
  .createServer((request, response) => {
    const { method, url, headers } = request;
    const passed = http.request(
      { host: "127.0.0.1", port: target, method, path: url, headers: { ...headers, authorization: `Bearer ${token}` } },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on("error", () => response.destroy());
    response.on("close", () => passed.destroy());
    request.pipe(passed);
  })
  .listen(Number(port), "127.0.0.1");
