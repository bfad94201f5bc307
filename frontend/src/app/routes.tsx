import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import { ErrorState } from '@/components/states/ErrorState';
import { NotFound } from './NotFound';
import { Shell } from './Shell';

/** What follows the "?" of an address: words only. */
export type Search = Record<string, string | undefined>;

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const page = <P extends string>(path: P, load: () => Promise<{ default: RouteComponent }>) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load), validateSearch: (s: Record<string, unknown>): Search => s as Search });

/** One line per page; each is loaded when it is first opened. */
const pages = root.addChildren([
  page('/', () => import('@/features/home/Page')),
  page('/contacts', () => import('@/features/contacts/Page')),
  page('/contacts/$id', () => import('@/features/contacts/person/Page')),
  page('/data', () => import('@/features/data/Page')),
  page('/data/import', () => import('@/features/data/import/Page')),
  page('/data/$batch', () => import('@/features/data/report/Page')),
  page('/segments', () => import('@/features/segments/Page')),
  page('/segments/_rfm', () => import('@/features/scores/rfm/Page')),
  page('/segments/_engagement', () => import('@/features/scores/engagement/Page')),
  page('/segments/$slug', () => import('@/features/segments/editor/Page')),
  page('/segments/$slug/life', () => import('@/features/segments/life/Page')),
  page('/rules', () => import('@/features/rules/Page')),
  page('/rules/$slug', () => import('@/features/rules/editor/Page')),
  page('/content', () => import('@/features/content/Page')),
  page('/content/templates/$slug', () => import('@/features/content/TemplatePage')),
  page('/content/blocks/$slug', () => import('@/features/content/BlockPage')),
  page('/campaigns', () => import('@/features/campaigns/Page')),
  page('/campaigns/$slug', () => import('@/features/campaigns/CampaignPage')),
  page('/results', () => import('@/features/results/Page')),
  page('/settings', () => import('@/features/settings/Page')),
]);

/** Hash history: the same addresses in the window, in a browser and after a reload. */
export const router = createRouter({
  routeTree: pages,
  history: createHashHistory(),
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset }) => (
    <div style={{ padding: 32 }}>
      <ErrorState error={error} title="This page stopped" onRetry={reset} />
    </div>
  ),
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const words = new URLSearchParams(Object.entries(search).flatMap(([k, v]) => (v === undefined || v === '' ? [] : [[k, String(v)]])));
    return words.size > 0 ? `?${words}` : '';
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
