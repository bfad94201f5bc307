// DuckDB as a peer of the benchmark: takes a question a line, {"sql", "repeat"},
// and answers with the count and the milliseconds that each asking took.
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();

for await (const line of createInterface({ input: process.stdin })) {
  const { sql, repeat } = JSON.parse(line);
  const answer = { count: 0, ms: [] };
  try {
    if (repeat === 0) await connection.run(sql);
    for (let i = 0; i < repeat; i++) {
      const began = process.hrtime.bigint();
      const reader = await connection.runAndReadAll(sql);
      answer.ms.push(Number(process.hrtime.bigint() - began) / 1e6);
      answer.count = Number(reader.getRows()[0][0]);
    }
  } catch (error) {
    answer.error = String(error);
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
