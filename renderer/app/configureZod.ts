import * as z from 'zod';

// The page's content policy forbids code made from text; zod would try, and the browser would log the refusal.
z.config({ jitless: true });
