import { shapeTruth } from '../shared/testing/shapeTruth';

/** `npx tsx bench/shapeTruth.ts [networks]`: random networks, our shapes against those of TensorFlow.js's layers. */
const networks = Number(process.argv[2] ?? 20_000);
let [agree, layersStricter] = [0, 0];
const stricter = new Map<string, number>();
for (let seed = 1; seed <= networks; seed += 1) {
  const verdict = shapeTruth(seed);
  agree += verdict.agree;
  for (const code of verdict.stricter) {
    layersStricter += 1;
    stricter.set(code, (stricter.get(code) ?? 0) + 1);
  }
  for (const text of verdict.disagreements) console.log(`network ${seed}: ${text}`);
  if (verdict.disagreements.length > 0) process.exitCode = 1;
}
console.log(`${networks} networks: ${agree} layers agree, ${layersStricter} refused by us alone:`);
for (const [code, count] of [...stricter].sort((a, b) => b[1] - a[1])) console.log(`  ${String(count).padStart(6)}  ${code}`);
