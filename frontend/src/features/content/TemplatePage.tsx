import { useParams } from '@tanstack/react-router';
import { Editing } from './EditorPage';

export default function TemplatePage() {
  const { slug = '' } = useParams({ strict: false }) as { slug?: string };
  return <Editing key={slug} kind="template" slug={slug} />;
}
