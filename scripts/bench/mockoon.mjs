// Prints an environment of Mockoon: a data bucket with routes for create, read, update, delete for each
// collection of a file.        node mockoon.mjs DATA > environment.json
import { readFileSync } from "node:fs";

const data = JSON.parse(readFileSync(process.argv[2], "utf8"));
const id = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const names = Object.keys(data);
const response = (number) => ({
  uuid: id(200 + number), body: "", latency: 0, statusCode: 200, label: "", headers: [], bodyType: "DATABUCKET",
  filePath: "", databucketID: `db${number}`, sendFileAsBody: false, rules: [], rulesOperator: "OR",
  disableTemplating: true, fallbackTo404: false, default: true, crudKey: "id", callbacks: [],
});
console.log(JSON.stringify({
  uuid: id(1), lastMigration: 33, name: "bench", endpointPrefix: "", latency: 0, port: 3000, hostname: "",
  folders: [], rootChildren: names.map((_, number) => ({ type: "route", uuid: id(100 + number) })),
  routes: names.map((name, number) => ({
    uuid: id(100 + number), type: "crud", documentation: "", method: "", endpoint: name,
    responses: [response(number)], responseMode: null, streamingMode: null, streamingInterval: 0,
  })),
  data: names.map((name, number) => ({
    uuid: id(300 + number), id: `db${number}`, name, documentation: "", value: JSON.stringify(data[name]),
  })),
  proxyMode: false, proxyHost: "", proxyRemovePrefix: false, tlsOptions: { enabled: false }, cors: false,
  headers: [{ key: "Content-Type", value: "application/json" }], proxyReqHeaders: [], proxyResHeaders: [], callbacks: [],
}));
