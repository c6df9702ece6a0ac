import type { components } from './contract.js';

type Schemas = components['schemas'];
export type Conversation = Schemas['Conversation'];
export type Message = Schemas['Message'];
export type Task = Schemas['Task'];
export type User = Schemas['User'];
