import { Evaluation } from './Evaluation';
import { Saved } from './Saved';

/** How products are chosen for people, and how well that tells what they buy. */
export function RecommendationsTab() {
  return (
    <>
      <Saved />
      <Evaluation />
    </>
  );
}
