import { useQuery } from '@tanstack/react-query';
import { Home } from '@/lib/generated/api';

/** What is known at once. */
export function useHome() {
  return useQuery({ queryKey: ['home'], queryFn: ({ signal }) => Home.home(signal) });
}

/** What needs the events, which a large shop takes a second to load. */
export function useTrade() {
  return useQuery({ queryKey: ['home', 'trade'], queryFn: ({ signal }) => Home.trade(signal) });
}

export function useLargest() {
  return useQuery({ queryKey: ['home', 'largest'], queryFn: ({ signal }) => Home.largest(signal) });
}
