import { useParams } from '@tanstack/react-router';
import { Editing } from './EditorPage';

export default function BlockPage() {
  const { slug = '' } = useParams({ strict: false }) as { slug?: string };
  return <Editing key={slug} kind="block" slug={slug} />;
}
