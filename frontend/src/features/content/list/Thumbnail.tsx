import { useQuery } from '@tanstack/react-query';
import { frameURL, plainLook } from '@/components/preview/look';
import { requestOf, type Looked } from '@/components/preview/usePreview';
import { Preview, type Block } from '@/lib/generated/api';
import { Schematic } from './Schematic';
import css from './List.module.css';

interface Props {
  looked: Looked;
  /** Its identity and version: what a new picture is made for. */
  name: string;
  contact: number;
  blocks?: readonly Block[];
}

/** The head of an e-mail as somebody gets it, small; a drawing of its blocks where it cannot be composed. */
export function Thumbnail({ looked, name, contact, blocks = [] }: Props) {
  const made = useQuery({
    queryKey: ['preview', 'thumbnail', name, contact],
    queryFn: ({ signal }) => Preview.compose(requestOf(looked, contact), signal),
    enabled: contact !== 0,
    gcTime: 0,
  });
  if (!made.data || made.data.failed) return <Schematic kinds={blocks.map((b) => b.kind)} pending={made.isLoading} />;
  return <iframe sandbox="" tabIndex={-1} aria-hidden title="" loading="lazy" src={frameURL(made.data.url, plainLook)} className={css.thumbnail} />;
}
