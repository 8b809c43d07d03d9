/** The HTTP service. */
export { type App, type AppOptions, createApp } from './app.ts';
export { type OpenApiDocument, openApiDocument } from './openapi/document.ts';
export type { DataFolder, ServiceLimits, Tenancy } from './services.ts';
