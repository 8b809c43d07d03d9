// Made by `npm run generate` from schemas/ and services/api/routes/. Generated, do not edit.

export interface paths {
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List jobs, newest first */
        get: operations["listJobs"];
        put?: never;
        /**
         * Submit a job
         * @description The spec is validated as a whole first; what can’t be run is refused and leaves nothing behind. With an Idempotency-Key a request may be repeated safely: the same key and body give the same job.
         */
        post: operations["createJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Validate a spec without running it
         * @description Infers all shapes and sizes and looks for the data, exactly as submitting does; a train job is forecast.
         */
        post: operations["validateJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve a job */
        get: operations["retrieveJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description A waiting job is cancelled at once. A running one is asked to stop: it ends its step and keeps what it has made; follow `stopping` and `state`.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a job
         * @description A running job writes a checkpoint and leaves its machine; it goes on bit for bit when resumed.
         */
        post: operations["pauseJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused job
         * @description Puts it back into the queue, to go on from its last checkpoint.
         */
        post: operations["resumeJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a job
         * @description Server-sent events. Each event of the job has its `seq` as `id`, its type as `event` and an Event as `data`; to go on where a stream was cut off, send the last id as Last-Event-ID. Between them come `progress` messages without an id: the latest only, not kept. After the final `state` event an `end` message closes the stream; one that ends without it was cut off. A comment every 15 seconds keeps it open.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read metrics
         * @description Each series has at most `resolution` points; each point is the mean, least and largest value of its steps.
         */
        get: operations["readMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/diagnostics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what the checks found */
        get: operations["readDiagnostics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List checkpoints */
        get: operations["listCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List artifacts */
        get: operations["listArtifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/artifacts/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an artifact
         * @description Bytes as they were stored. One range at a time; a request for several is answered with the whole.
         */
        get: operations["downloadArtifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the log */
        get: operations["readLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List data sets, newest first */
        get: operations["listDatasets"];
        put?: never;
        /**
         * Begin a data set
         * @description Names the files that will come, and answers with a request for each that uploads it: straight to the store of artifacts where that has an address of its own (S3), else to this service. Once all have come, complete the data set.
         */
        post: operations["createDataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve a data set */
        get: operations["retrieveDataset"];
        put?: never;
        post?: never;
        /**
         * Remove a data set
         * @description With its files. Refused while a job that has not ended works on it.
         */
        delete: operations["deleteDataset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{id}/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask again how to upload what has not come
         * @description To go on with uploads that were cut off, or whose requests have expired.
         */
        post: operations["listUploads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{id}/files/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload a file through the service
         * @description The bytes as they are, of any content type. Other bytes than the data set was created with leave nothing behind; a file that has come already is left as it is.
         */
        put: operations["uploadFile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a data set
         * @description All files must have come. They can’t be changed from then on; a job looks at them, and its end makes the data set `ready` or `failed`. One that has failed may be completed again, to be checked again.
         */
        post: operations["completeDataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks, the oldest first */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Register a webhook
         * @description Messages follow Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` and `webhook-signature` in the headers, a WebhookMessage in the body. What is not answered with 2xx is sent again, for more than a day.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a webhook */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret of a webhook
         * @description For a day messages are signed with both, so that receivers may change over in between.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The OpenAPI 3.1 document */
        get: operations["readOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The document as a page */
        get: operations["readDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the service is alive
         * @description Asks the store of jobs for a record, so that a store that is gone shows.
         */
        get: operations["readHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    job: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive a message
         * @description Sent by the service, signed as Standard Webhooks 1.0 has it, to the address of a webhook.
         */
        post: operations["receiveWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * @description Elementwise function of the output; softmax normalises over the last axis.
         * @enum {string}
         */
        Activation: "linear" | "relu" | "relu6" | "elu" | "selu" | "gelu" | "swish" | "mish" | "sigmoid" | "hard-sigmoid" | "tanh" | "softplus" | "softsign" | "softmax";
        /** @description y = f(x). */
        ActivationLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "activation";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Which function. */
            function: components["schemas"]["Activation"];
        };
        /** @description y = f(x). */
        ActivationLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "activation";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Which function. */
            function: components["schemas"]["Activation"];
        };
        /** @description w ← w − α √(u + ε) / √(s + ε) · g, with s and u running means of g² and of the squared steps. */
        AdadeltaUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "adadelta";
            /**
             * @description ρ, decay of the running means.
             * @default 0.95
             */
            decay: number;
            /**
             * @description ε, added to both within the roots.
             * @default 0.000001
             */
            epsilon: number;
        };
        /** @description w ← w − α √(u + ε) / √(s + ε) · g, with s and u running means of g² and of the squared steps. */
        AdadeltaUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "adadelta";
            /**
             * @description ρ, decay of the running means.
             * @default 0.95
             */
            decay?: number;
            /**
             * @description ε, added to both within the roots.
             * @default 0.000001
             */
            epsilon?: number;
        };
        /** @description s ← s + g², w ← w − α g / (√s + ε). */
        AdagradUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "adagrad";
            /**
             * @description ε, added to the root.
             * @default 1e-10
             */
            epsilon: number;
        };
        /** @description s ← s + g², w ← w − α g / (√s + ε). */
        AdagradUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "adagrad";
            /**
             * @description ε, added to the root.
             * @default 1e-10
             */
            epsilon?: number;
        };
        /** @description w ← w − α · m̂ / (√v̂ + ε), with m and v running means of g and g². */
        AdamUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "adam";
            /**
             * @description β₁, decay of the mean of the gradient.
             * @default 0.9
             */
            beta1: number;
            /**
             * @description β₂, decay of the mean of its square.
             * @default 0.999
             */
            beta2: number;
            /**
             * @description ε, added to the root.
             * @default 1e-8
             */
            epsilon: number;
            /**
             * @description Divides m and v by 1−βᵗ.
             * @default true
             */
            biasCorrection: boolean;
        };
        /** @description w ← w − α · m̂ / (√v̂ + ε), with m and v running means of g and g². */
        AdamUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "adam";
            /**
             * @description β₁, decay of the mean of the gradient.
             * @default 0.9
             */
            beta1?: number;
            /**
             * @description β₂, decay of the mean of its square.
             * @default 0.999
             */
            beta2?: number;
            /**
             * @description ε, added to the root.
             * @default 1e-8
             */
            epsilon?: number;
            /**
             * @description Divides m and v by 1−βᵗ.
             * @default true
             */
            biasCorrection?: boolean;
        };
        /** @description w ← w − α (λw + m̂ / (√v̂ + ε)). */
        AdamwUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "adamw";
            /**
             * @description β₁, decay of the mean of the gradient.
             * @default 0.9
             */
            beta1: number;
            /**
             * @description β₂, decay of the mean of its square.
             * @default 0.999
             */
            beta2: number;
            /**
             * @description ε, added to the root.
             * @default 1e-8
             */
            epsilon: number;
            /**
             * @description λ.
             * @default 0.01
             */
            weightDecay: number;
        };
        /** @description w ← w − α (λw + m̂ / (√v̂ + ε)). */
        AdamwUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "adamw";
            /**
             * @description β₁, decay of the mean of the gradient.
             * @default 0.9
             */
            beta1?: number;
            /**
             * @description β₂, decay of the mean of its square.
             * @default 0.999
             */
            beta2?: number;
            /**
             * @description ε, added to the root.
             * @default 1e-8
             */
            epsilon?: number;
            /**
             * @description λ.
             * @default 0.01
             */
            weightDecay?: number;
        };
        /** @description The sum of its inputs, element by element; all have one shape. */
        AddLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "add";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
        };
        /** @description The sum of its inputs, element by element; all have one shape. */
        AddLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "add";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
        };
        /** @description Dropout that keeps mean and variance of SELU outputs (Klambauer et al. 2017). */
        AlphaDropoutLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "alpha-dropout";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Share of values set to the negative bound. */
            rate: number;
        };
        /** @description Dropout that keeps mean and variance of SELU outputs (Klambauer et al. 2017). */
        AlphaDropoutLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "alpha-dropout";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Share of values set to the negative bound. */
            rate: number;
        };
        /** @description Adam with the largest v so far in the place of v. */
        AmsgradUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "amsgrad";
            /**
             * @description β₁, decay of the mean of the gradient.
             * @default 0.9
             */
            beta1: number;
            /**
             * @description β₂, decay of the mean of its square.
             * @default 0.999
             */
            beta2: number;
            /**
             * @description ε, added to the root.
             * @default 1e-8
             */
            epsilon: number;
        };
        /** @description Adam with the largest v so far in the place of v. */
        AmsgradUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "amsgrad";
            /**
             * @description β₁, decay of the mean of the gradient.
             * @default 0.9
             */
            beta1?: number;
            /**
             * @description β₂, decay of the mean of its square.
             * @default 0.999
             */
            beta2?: number;
            /**
             * @description ε, added to the root.
             * @default 1e-8
             */
            epsilon?: number;
        };
        /** @description The artifacts of a job, by name; of two attempts the later one wins. */
        ArtifactList: {
            jobId: string;
            /** @description Whether the manifest is there: nothing will be added. */
            complete: boolean;
            artifacts: {
                name: components["schemas"]["ArtifactName"];
                /** @description Bytes. */
                size: number;
                /** @description Of the bytes, in hexadecimal. */
                sha256: string;
                contentType: string;
                /** @description The execution that made it. */
                attempt: number;
            }[];
        };
        ArtifactName: string;
        /**
         * @description Random changes of the training batches, in order.
         * @default []
         */
        Augmentation: ({
            /** @constant */
            type: "flip";
            /**
             * @description What is mirrored.
             * @default horizontal
             * @enum {string}
             */
            direction: "horizontal" | "vertical";
        } | {
            /** @constant */
            type: "crop";
            /** @description Pixels of padding. */
            padding: number;
        } | {
            /** @constant */
            type: "affine";
            /**
             * @description Largest turn.
             * @default 0
             */
            degrees: number;
            /**
             * @description Largest move, as a share of height and width.
             * @default 0
             */
            shift: number;
            /**
             * @description Largest change of the size.
             * @default 0
             */
            zoom: number;
        } | {
            /** @constant */
            type: "brightness";
            /** @description In units of the scaled input. */
            delta: number;
        } | {
            /** @constant */
            type: "contrast";
            /** @description Largest change. */
            factor: number;
        } | {
            /** @constant */
            type: "cut-out";
            /** @description Side of the square, in pixels. */
            size: number;
        } | {
            /** @constant */
            type: "noise";
            /** @description In units of the scaled input. */
            deviation: number;
        } | {
            /** @constant */
            type: "mixup";
            /**
             * @description α of the Beta distribution.
             * @default 0.2
             */
            alpha: number;
        })[];
        /**
         * @description Random changes of the training batches, in order.
         * @default []
         */
        AugmentationInput: ({
            /** @constant */
            type: "flip";
            /**
             * @description What is mirrored.
             * @default horizontal
             * @enum {string}
             */
            direction?: "horizontal" | "vertical";
        } | {
            /** @constant */
            type: "crop";
            /** @description Pixels of padding. */
            padding: number;
        } | {
            /** @constant */
            type: "affine";
            /**
             * @description Largest turn.
             * @default 0
             */
            degrees?: number;
            /**
             * @description Largest move, as a share of height and width.
             * @default 0
             */
            shift?: number;
            /**
             * @description Largest change of the size.
             * @default 0
             */
            zoom?: number;
        } | {
            /** @constant */
            type: "brightness";
            /** @description In units of the scaled input. */
            delta: number;
        } | {
            /** @constant */
            type: "contrast";
            /** @description Largest change. */
            factor: number;
        } | {
            /** @constant */
            type: "cut-out";
            /** @description Side of the square, in pixels. */
            size: number;
        } | {
            /** @constant */
            type: "noise";
            /** @description In units of the scaled input. */
            deviation: number;
        } | {
            /** @constant */
            type: "mixup";
            /**
             * @description α of the Beta distribution.
             * @default 0.2
             */
            alpha?: number;
        })[];
        /** @description The mean of its inputs, element by element; all have one shape. */
        AverageLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "average";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
        };
        /** @description The mean of its inputs, element by element; all have one shape. */
        AverageLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "average";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
        };
        /** @description The mean of each window, channel by channel: [steps, channels] -> [steps, channels]. */
        AveragePooling1dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "average-pooling1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description Length of the window.
             * @default 2
             */
            poolSize: number;
            /** @description Step of the window; the pool size when left out. */
            strides?: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
        };
        /** @description The mean of each window, channel by channel: [steps, channels] -> [steps, channels]. */
        AveragePooling1dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "average-pooling1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /**
             * @description Length of the window.
             * @default 2
             */
            poolSize?: number;
            /** @description Step of the window; the pool size when left out. */
            strides?: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
        };
        /** @description The mean of each window, channel by channel. */
        AveragePooling2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "average-pooling2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description Height and width of the window.
             * @default [
             *       2,
             *       2
             *     ]
             */
            poolSize: [
                number,
                number
            ];
            /** @description Step of the window; the pool size when left out. */
            strides?: [
                number,
                number
            ];
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
        };
        /** @description The mean of each window, channel by channel. */
        AveragePooling2dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "average-pooling2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Height and width of the window. */
            poolSize?: number | [
                number,
                number
            ];
            /** @description Step of the window; the pool size when left out. */
            strides?: number | [
                number,
                number
            ];
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
        };
        /** @description The mean of each window, channel by channel: [depth, height, width, channels]. */
        AveragePooling3dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "average-pooling3d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description Depth, height and width of the window.
             * @default [
             *       2,
             *       2,
             *       2
             *     ]
             */
            poolSize: [
                number,
                number,
                number
            ];
            /** @description Step of the window; the pool size when left out. */
            strides?: [
                number,
                number,
                number
            ];
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
        };
        /** @description The mean of each window, channel by channel: [depth, height, width, channels]. */
        AveragePooling3dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "average-pooling3d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Depth, height and width of the window. */
            poolSize?: number | [
                number,
                number,
                number
            ];
            /** @description Step of the window; the pool size when left out. */
            strides?: number | [
                number,
                number,
                number
            ];
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
        };
        /** @description Running average of the parameters, evaluated and exported beside the raw ones. */
        Averaging: {
            /**
             * @description d, the share of the average that is kept at each step.
             * @default 0.999
             */
            decay: number;
            /**
             * @description Starts with a small d, so that the initial weights are soon forgotten.
             * @default true
             */
            warmUp: boolean;
        };
        /** @description Running average of the parameters, evaluated and exported beside the raw ones. */
        AveragingInput: {
            /**
             * @description d, the share of the average that is kept at each step.
             * @default 0.999
             */
            decay?: number;
            /**
             * @description Starts with a small d, so that the initial weights are soon forgotten.
             * @default true
             */
            warmUp?: boolean;
        };
        /** @description Normalises each channel by the batch's mean and variance, then scales and shifts it. */
        BatchNormalizationLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "batch-normalization";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description Share of the moving averages that is kept at each step.
             * @default 0.99
             */
            momentum: number;
            /**
             * @description Added to the variance.
             * @default 0.001
             */
            epsilon: number;
        };
        /** @description Normalises each channel by the batch's mean and variance, then scales and shifts it. */
        BatchNormalizationLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "batch-normalization";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /**
             * @description Share of the moving averages that is kept at each step.
             * @default 0.99
             */
            momentum?: number;
            /**
             * @description Added to the variance.
             * @default 0.001
             */
            epsilon?: number;
        };
        /** @description One recurrent layer forwards and one backwards, their outputs joined. */
        BidirectionalLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bidirectional";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description Which recurrent layer.
             * @default lstm
             * @enum {string}
             */
            cell: "simple-rnn" | "lstm" | "gru";
            /**
             * @description How they are joined.
             * @default concatenate
             * @enum {string}
             */
            join: "concatenate" | "add" | "multiply" | "average";
            /** @description Length of h. */
            units: number;
            /**
             * @description Gives h of every step, [steps, units], instead of the last.
             * @default false
             */
            returnSequences: boolean;
            /**
             * @description In the place of tanh.
             * @default tanh
             */
            activation: components["schemas"]["Activation"];
            /**
             * @description In the place of σ, in the gates.
             * @default sigmoid
             */
            recurrentActivation: components["schemas"]["Activation"];
            /**
             * @description Adds b.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description How U starts.
             * @default orthogonal
             */
            recurrentInitializer: ("glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "calibrated" | "orthogonal" | "zeros" | "ones") | ({
                /** @constant */
                type: "constant";
                value: number;
            } | {
                /** @constant */
                type: "normal";
                deviation: number;
            } | {
                /** @constant */
                type: "uniform";
                bound: number;
            });
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description One recurrent layer forwards and one backwards, their outputs joined. */
        BidirectionalLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bidirectional";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /**
             * @description Which recurrent layer.
             * @default lstm
             * @enum {string}
             */
            cell?: "simple-rnn" | "lstm" | "gru";
            /**
             * @description How they are joined.
             * @default concatenate
             * @enum {string}
             */
            join?: "concatenate" | "add" | "multiply" | "average";
            /** @description Length of h. */
            units: number;
            /**
             * @description Gives h of every step, [steps, units], instead of the last.
             * @default false
             */
            returnSequences?: boolean;
            /**
             * @description In the place of tanh.
             * @default tanh
             */
            activation?: components["schemas"]["Activation"];
            /**
             * @description In the place of σ, in the gates.
             * @default sigmoid
             */
            recurrentActivation?: components["schemas"]["Activation"];
            /**
             * @description Adds b.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description How U starts.
             * @default orthogonal
             */
            recurrentInitializer?: ("glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "calibrated" | "orthogonal" | "zeros" | "ones") | ({
                /** @constant */
                type: "constant";
                value: number;
            } | {
                /** @constant */
                type: "normal";
                deviation: number;
            } | {
                /** @constant */
                type: "uniform";
                bound: number;
            });
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description 569 rows of 30 features: cell nuclei, malignant or benign (Wolberg, Street & Mangasarian 1995). */
        BreastCancerData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "breast-cancer";
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description 569 rows of 30 features: cell nuclei, malignant or benign (Wolberg, Street & Mangasarian 1995). */
        BreastCancerDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "breast-cancer";
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description The run ends when the first of them is used up. */
        Budget: {
            /** @description Passes over the training split. */
            epochs?: number;
            /** @description Updates. */
            steps?: number;
            /** @description Seconds of training, evaluation included. */
            seconds?: number;
            /** @description Price of the machines of all attempts, by the price table of the repository. Training ends in time to export; a run that is not done by then fails. Only where runners have a price: on AWS Batch. */
            dollars?: number;
        };
        CheckJob: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "check";
            id: string;
            name: string | null;
            tags: {
                [key: string]: string;
            };
            state: components["schemas"]["JobState"];
            /** @description Asked of a running job and not yet done. */
            stopping: ("cancel" | "pause") | null;
            /** @description Executions so far. */
            attempt: number;
            plan: components["schemas"]["PlanReport"] | null;
            progress: components["schemas"]["Progress"] | null;
            /** @description Why a job failed. */
            error: components["schemas"]["ErrorDetail"] | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            spec: components["schemas"]["CheckSpec"];
            result: components["schemas"]["CheckResult"] | null;
        };
        /**
         * @description A check of the set-up, before any training.
         * @enum {string}
         */
        CheckName: "initial-loss" | "final-activation" | "regularization" | "gradient" | "gradient-flow" | "signal" | "tiled-batch" | "neighbours" | "overfit" | "zeroed-inputs";
        /** @description How many findings had which verdict; the findings are in `diagnostics.json`. */
        CheckResult: {
            /** @description Findings of that verdict. */
            pass: number;
            warn: number;
            fail: number;
            skipped: number;
            /** @description Of the net. */
            parameters: number;
            /** @description Of the checks, without loading the data. */
            seconds: number;
            /** @description Largest resident set of the runner. */
            peakMemoryBytes: number;
        };
        /** @description Checks the set-up of a train job, and trains nothing. The job fails with `check_failed` if a check does. */
        CheckSpec: {
            /** @constant */
            kind: "check";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags: {
                [key: string]: string;
            };
            /** @description What would be trained. Its own `checks` and `onCheckFailure` are not looked at. */
            spec: components["schemas"]["TrainSpec"];
            /** @description The checks to run; all of them, and the data report, when left out. */
            only?: components["schemas"]["CheckName"][];
            /**
             * @description Also compares the gradient at steps h from 10⁻¹ to 10⁻¹² and writes `gradient-scan.json`: {h, parameters: [{tensor, index, errors}]}.
             * @default false
             */
            stepScan: boolean;
            /**
             * @description The least verdict that fails the job.
             * @default fail
             * @enum {string}
             */
            failOn: "warn" | "fail";
        };
        /** @description Checks the set-up of a train job, and trains nothing. The job fails with `check_failed` if a check does. */
        CheckSpecInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "check";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
            /** @description What would be trained. Its own `checks` and `onCheckFailure` are not looked at. */
            spec: components["schemas"]["TrainSpecInput"];
            /** @description The checks to run; all of them, and the data report, when left out. */
            only?: components["schemas"]["CheckName"][];
            /**
             * @description Also compares the gradient at steps h from 10⁻¹ to 10⁻¹² and writes `gradient-scan.json`: {h, parameters: [{tensor, index, errors}]}.
             * @default false
             */
            stepScan?: boolean;
            /**
             * @description The least verdict that fails the job.
             * @default fail
             * @enum {string}
             */
            failOn?: "warn" | "fail";
        };
        Checkpoint: {
            /** @description As in `checkpoints/epoch-003-val-0.9123`. */
            name: string;
            step: number;
            /** @description Validation score; null without a validation split. */
            score: number | null;
            /** @description Names of the artifacts it consists of. */
            artifacts: string[];
        };
        /** @description The checkpoints of a job. */
        CheckpointList: {
            jobId: string;
            /** @description Oldest first. */
            checkpoints: components["schemas"]["Checkpoint"][];
        };
        /** @description When checkpoints are written and how many are kept. */
        Checkpointing: {
            /**
             * @description Least time between two checkpoints, which are made at the ends of epochs; 0 writes one at every epoch.
             * @default 10
             */
            everySeconds: number;
            /** @description Writes one after so many epochs too, however little time has passed: the members of a snapshot ensemble. */
            everyEpochs?: number;
            /**
             * @description How many of the newest are kept besides the best.
             * @default 1
             */
            keepLast: number;
        };
        /**
         * @description When checkpoints are written and how many are kept.
         * @default {}
         */
        CheckpointingInput: {
            /**
             * @description Least time between two checkpoints, which are made at the ends of epochs; 0 writes one at every epoch.
             * @default 10
             */
            everySeconds?: number;
            /** @description Writes one after so many epochs too, however little time has passed: the members of a snapshot ensemble. */
            everyEpochs?: number;
            /**
             * @description How many of the newest are kept besides the best.
             * @default 1
             */
            keepLast?: number;
        };
        /** @description 60,000 colour images [32, 32, 3] of things and animals in 10 classes (Krizhevsky 2009), fetched from their publisher: 170 MB. */
        Cifar10Data: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cifar-10";
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description 60,000 colour images [32, 32, 3] of things and animals in 10 classes (Krizhevsky 2009), fetched from their publisher: 170 MB. */
        Cifar10DataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cifar-10";
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description Colour images [32, 32, 3] in CIFAR's binary format (Krizhevsky 2009): data_batch_1.bin … of CIFAR-10, train.bin of CIFAR-100, as their publisher has them at https://www.cs.toronto.edu/~kriz/cifar.html. */
        CifarData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cifar";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Files to train on, under the data folder of the service. */
            files: string[];
            /**
             * @description Files that their publisher set aside to test on.
             * @default []
             */
            testFiles: string[];
            /**
             * @description Which labels the records have, and of CIFAR-100 which of both to learn.
             * @default cifar-10
             * @enum {string}
             */
            labels: "cifar-10" | "cifar-100-coarse" | "cifar-100-fine";
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description Colour images [32, 32, 3] in CIFAR's binary format (Krizhevsky 2009): data_batch_1.bin … of CIFAR-10, train.bin of CIFAR-100, as their publisher has them at https://www.cs.toronto.edu/~kriz/cifar.html. */
        CifarDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cifar";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Files to train on, under the data folder of the service. */
            files: string[];
            /**
             * @description Files that their publisher set aside to test on.
             * @default []
             */
            testFiles?: string[];
            /**
             * @description Which labels the records have, and of CIFAR-100 which of both to learn.
             * @default cifar-10
             * @enum {string}
             */
            labels?: "cifar-10" | "cifar-100-coarse" | "cifar-100-fine";
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description Clips gradients before the update rule sees them. */
        Clipping: {
            /** @description c of clipping by value. */
            value?: number;
            /** @description c of clipping the norm of each tensor. */
            norm?: number;
            /** @description c of clipping the norm of all gradients together. */
            globalNorm?: number;
        };
        /** @description Its inputs one after the other along the last axis; the other axes are equal. */
        ConcatenateLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "concatenate";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
        };
        /** @description Its inputs one after the other along the last axis; the other axes are equal. */
        ConcatenateLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "concatenate";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
        };
        /** @description Polak-Ribière+ conjugate gradients on all examples: d = −g + β d; strong Wolfe line search. */
        ConjugateGradientUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "conjugate-gradient";
            /**
             * @description c₁ of the strong Wolfe conditions.
             * @default 0.0001
             */
            sufficientDecrease: number;
            /**
             * @description Most points that a line search looks at.
             * @default 25
             */
            evaluations: number;
            /**
             * @description c₂ of the strong Wolfe conditions; tight, so that directions stay conjugate.
             * @default 0.4
             */
            curvature: number;
        };
        /** @description Polak-Ribière+ conjugate gradients on all examples: d = −g + β d; strong Wolfe line search. */
        ConjugateGradientUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "conjugate-gradient";
            /**
             * @description c₁ of the strong Wolfe conditions.
             * @default 0.0001
             */
            sufficientDecrease?: number;
            /**
             * @description Most points that a line search looks at.
             * @default 25
             */
            evaluations?: number;
            /**
             * @description c₂ of the strong Wolfe conditions; tight, so that directions stay conjugate.
             * @default 0.4
             */
            curvature?: number;
        };
        /** @description α(t) = α₀. */
        ConstantSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "constant";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUp"];
        };
        /** @description α(t) = α₀. */
        ConstantScheduleInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "constant";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit?: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUpInput"];
        };
        /** @description Where the kernel is brought back to after every step. */
        Constraint: {
            /** @constant */
            type: "max-norm";
            /** @description c. */
            norm: number;
        } | {
            /** @constant */
            type: "unit-norm";
        } | {
            /** @constant */
            type: "non-negative";
        };
        /** @description Convolution over time: [steps, channels] -> [steps, filters]. */
        Conv1dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conv1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Number of output channels. */
            filters: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
            /** @default linear */
            activation: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias: number;
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
            /** @description Length of the kernel. */
            kernelSize: number;
            /**
             * @description Step of the window.
             * @default 1
             */
            strides: number;
        };
        /** @description Convolution over time: [steps, channels] -> [steps, filters]. */
        Conv1dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conv1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Number of output channels. */
            filters: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
            /** @default linear */
            activation?: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias?: number;
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
            /** @description Length of the kernel. */
            kernelSize: number;
            /**
             * @description Step of the window.
             * @default 1
             */
            strides?: number;
        };
        /** @description Convolution: [height, width, channels] -> [height, width, filters]. */
        Conv2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conv2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Number of output channels. */
            filters: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
            /** @default linear */
            activation: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias: number;
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
            /** @description Height and width of the kernel. */
            kernelSize: [
                number,
                number
            ];
            /**
             * @description Step of the window.
             * @default [
             *       1,
             *       1
             *     ]
             */
            strides: [
                number,
                number
            ];
        };
        /** @description Convolution: [height, width, channels] -> [height, width, filters]. */
        Conv2dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conv2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Number of output channels. */
            filters: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
            /** @default linear */
            activation?: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias?: number;
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
            /** @description Height and width of the kernel. */
            kernelSize: number | [
                number,
                number
            ];
            /** @description Step of the window. */
            strides?: number | [
                number,
                number
            ];
        };
        /** @description Transposed convolution, which makes images larger. */
        Conv2dTransposeLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conv2d-transpose";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Number of output channels. */
            filters: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
            /** @default linear */
            activation: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias: number;
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
            /** @description Height and width of the kernel. */
            kernelSize: [
                number,
                number
            ];
            /**
             * @description How many times larger the output is.
             * @default [
             *       1,
             *       1
             *     ]
             */
            strides: [
                number,
                number
            ];
        };
        /** @description Transposed convolution, which makes images larger. */
        Conv2dTransposeLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conv2d-transpose";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Number of output channels. */
            filters: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
            /** @default linear */
            activation?: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias?: number;
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
            /** @description Height and width of the kernel. */
            kernelSize: number | [
                number,
                number
            ];
            /** @description How many times larger the output is. */
            strides?: number | [
                number,
                number
            ];
        };
        /** @description Convolution over volumes: [depth, height, width, channels] -> [depth, height, width, filters]. */
        Conv3dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conv3d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Number of output channels. */
            filters: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
            /** @default linear */
            activation: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias: number;
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
            /** @description Depth, height and width of the kernel. */
            kernelSize: [
                number,
                number,
                number
            ];
            /**
             * @description Step of the window.
             * @default [
             *       1,
             *       1,
             *       1
             *     ]
             */
            strides: [
                number,
                number,
                number
            ];
        };
        /** @description Convolution over volumes: [depth, height, width, channels] -> [depth, height, width, filters]. */
        Conv3dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conv3d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Number of output channels. */
            filters: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
            /** @default linear */
            activation?: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias?: number;
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
            /** @description Depth, height and width of the kernel. */
            kernelSize: number | [
                number,
                number,
                number
            ];
            /** @description Step of the window. */
            strides?: number | [
                number,
                number,
                number
            ];
        };
        /** @description LSTM whose products are convolutions: [steps, height, width, channels] -> [height, width, filters]. */
        ConvLstm2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conv-lstm2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Number of output channels. */
            filters: number;
            /** @description Height and width of the kernels. */
            kernelSize: [
                number,
                number
            ];
            /**
             * @description Step of the window over the input.
             * @default [
             *       1,
             *       1
             *     ]
             */
            strides: [
                number,
                number
            ];
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
            /**
             * @description Gives the images of every step instead of the last.
             * @default false
             */
            returnSequences: boolean;
            /**
             * @description In the place of tanh.
             * @default tanh
             */
            activation: components["schemas"]["Activation"];
            /**
             * @description In the place of σ, in the gates.
             * @default sigmoid
             */
            recurrentActivation: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output of every gate.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description How the kernel over h starts.
             * @default orthogonal
             */
            recurrentInitializer: ("glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "calibrated" | "orthogonal" | "zeros" | "ones") | ({
                /** @constant */
                type: "constant";
                value: number;
            } | {
                /** @constant */
                type: "normal";
                deviation: number;
            } | {
                /** @constant */
                type: "uniform";
                bound: number;
            });
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description LSTM whose products are convolutions: [steps, height, width, channels] -> [height, width, filters]. */
        ConvLstm2dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conv-lstm2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Number of output channels. */
            filters: number;
            /** @description Height and width of the kernels. */
            kernelSize: number | [
                number,
                number
            ];
            /** @description Step of the window over the input. */
            strides?: number | [
                number,
                number
            ];
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
            /**
             * @description Gives the images of every step instead of the last.
             * @default false
             */
            returnSequences?: boolean;
            /**
             * @description In the place of tanh.
             * @default tanh
             */
            activation?: components["schemas"]["Activation"];
            /**
             * @description In the place of σ, in the gates.
             * @default sigmoid
             */
            recurrentActivation?: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output of every gate.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description How the kernel over h starts.
             * @default orthogonal
             */
            recurrentInitializer?: ("glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "calibrated" | "orthogonal" | "zeros" | "ones") | ({
                /** @constant */
                type: "constant";
                value: number;
            } | {
                /** @constant */
                type: "normal";
                deviation: number;
            } | {
                /** @constant */
                type: "uniform";
                bound: number;
            });
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description L = 1 − cos(ŷ, y). */
        CosineDistanceLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cosine-distance";
        };
        /** @description Cosine descents from α₀ to α₁, each `growth` times as long as the one before. */
        CosineRestartsSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cosine-restarts";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description Length of the descent, in units of t. */
            length: number;
            /**
             * @description m, how much longer each descent is than the one before.
             * @default 1
             */
            growth: number;
            /**
             * @description α₁, the rate at the end of a descent.
             * @default 0
             */
            end: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUp"];
        };
        /** @description Cosine descents from α₀ to α₁, each `growth` times as long as the one before. */
        CosineRestartsScheduleInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cosine-restarts";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description Length of the descent, in units of t. */
            length: number;
            /**
             * @description m, how much longer each descent is than the one before.
             * @default 1
             */
            growth?: number;
            /**
             * @description α₁, the rate at the end of a descent.
             * @default 0
             */
            end?: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit?: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUpInput"];
        };
        /** @description α(t) = α₁ + ½(α₀ − α₁)(1 + cos(πt/T)). */
        CosineSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cosine";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description Length of the descent, in units of t. */
            length: number;
            /**
             * @description α₁, the rate from T on.
             * @default 0
             */
            end: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUp"];
        };
        /** @description α(t) = α₁ + ½(α₀ − α₁)(1 + cos(πt/T)). */
        CosineScheduleInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cosine";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description Length of the descent, in units of t. */
            length: number;
            /**
             * @description α₁, the rate from T on.
             * @default 0
             */
            end?: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit?: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUpInput"];
        };
        /** @description The image without its edges. */
        Cropping2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cropping2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Rows and columns at the top, bottom, left and right. */
            edges: [
                number,
                number,
                number,
                number
            ];
        };
        /** @description The image without its edges. */
        Cropping2dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cropping2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Rows and columns at the top, bottom, left and right. */
            edges: [
                number,
                number,
                number,
                number
            ];
        };
        /** @description A CSV file whose first line names the columns (RFC 4180). */
        CsvData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "csv";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Under the data folder of the service. */
            file: string;
            /** @description Columns of the inputs, in order. */
            features: string[];
            /** @description Column of the label; several for a regression with several outputs. Only what is to be predicted may do without. */
            label?: string | string[];
            /** @description Number of classes 0, 1, 2 …, or the values of the label in the order of the classes; left out for regression. */
            classes?: number | (string | number | boolean)[];
            /**
             * @description Values of the features that are no numbers: each becomes one 0 or 1 a value (one-hot).
             * @default {}
             */
            categories: {
                [key: string]: (string | number | boolean)[];
            };
            /**
             * @description Empty cells: an error, drop the row, or the column's mean over the whole table.
             * @default error
             * @enum {string}
             */
            missing: "error" | "drop" | "mean";
            /**
             * @description Between two cells.
             * @default ,
             */
            delimiter: string;
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description A CSV file whose first line names the columns (RFC 4180). */
        CsvDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "csv";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Under the data folder of the service. */
            file: string;
            /** @description Columns of the inputs, in order. */
            features: string[];
            /** @description Column of the label; several for a regression with several outputs. Only what is to be predicted may do without. */
            label?: string | string[];
            /** @description Number of classes 0, 1, 2 …, or the values of the label in the order of the classes; left out for regression. */
            classes?: number | (string | number | boolean)[];
            /**
             * @description Values of the features that are no numbers: each becomes one 0 or 1 a value (one-hot).
             * @default {}
             */
            categories?: {
                [key: string]: (string | number | boolean)[];
            };
            /**
             * @description Empty cells: an error, drop the row, or the column's mean over the whole table.
             * @default error
             * @enum {string}
             */
            missing?: "error" | "drop" | "mean";
            /**
             * @description Between two cells.
             * @default ,
             */
            delimiter?: string;
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description Where the examples come from, and how they are split. */
        Data: components["schemas"]["FashionMnistData"] | components["schemas"]["MnistData"] | components["schemas"]["ImagesData"] | components["schemas"]["Cifar10Data"] | components["schemas"]["CifarData"] | components["schemas"]["CsvData"] | components["schemas"]["JsonlData"] | components["schemas"]["ParquetData"] | components["schemas"]["NpyData"] | components["schemas"]["NpzData"] | components["schemas"]["IdxData"] | components["schemas"]["DigitsData"] | components["schemas"]["IrisData"] | components["schemas"]["WineData"] | components["schemas"]["BreastCancerData"] | components["schemas"]["DiabetesData"] | components["schemas"]["TwoSpiralsData"] | components["schemas"]["ThreeArmSpiralData"];
        /** @description Where the examples come from, and how they are split. */
        DataInput: components["schemas"]["FashionMnistDataInput"] | components["schemas"]["MnistDataInput"] | components["schemas"]["ImagesDataInput"] | components["schemas"]["Cifar10DataInput"] | components["schemas"]["CifarDataInput"] | components["schemas"]["CsvDataInput"] | components["schemas"]["JsonlDataInput"] | components["schemas"]["ParquetDataInput"] | components["schemas"]["NpyDataInput"] | components["schemas"]["NpzDataInput"] | components["schemas"]["IdxDataInput"] | components["schemas"]["DigitsDataInput"] | components["schemas"]["IrisDataInput"] | components["schemas"]["WineDataInput"] | components["schemas"]["BreastCancerDataInput"] | components["schemas"]["DiabetesDataInput"] | components["schemas"]["TwoSpiralsDataInput"] | components["schemas"]["ThreeArmSpiralDataInput"];
        /** @description Where the examples lie while a job runs; see `data.streaming`. */
        DataPlace: {
            /**
             * @description `file`: streamed, a window of them in memory at a time.
             * @enum {string}
             */
            place: "memory" | "file";
            /** @description Why there. */
            reason: string;
            /** @description Of all examples, decoded; where they lie in memory, estimated from the size of the file. */
            bytes: number;
            /** @description Examples in memory and shuffled together; null in memory. */
            windowRows: number | null;
            /** @description Examples that are read in one piece; null in memory. */
            blockRows: number | null;
        };
        /** @description Files that were uploaded: immutable once all of them have come. */
        Dataset: {
            id: components["schemas"]["DatasetId"];
            name: string | null;
            files: {
                /** @description As specs name it: a relative path of letters, digits, ., _ and -. */
                name: components["schemas"]["ArtifactName"];
                /** @description Bytes; at most 5 GiB. */
                size: number;
                /** @description Of the bytes, in hexadecimal. */
                sha256: string;
                /** @description Null before the check. */
                contents: components["schemas"]["FileContents"] | null;
            }[];
            /** @description As it was created with. */
            data: components["schemas"]["Data"] | null;
            state: components["schemas"]["DatasetState"];
            /** @description Why it failed. */
            error: components["schemas"]["ErrorDetail"] | null;
            /** @description The job that looks at the files, once all have come. */
            check: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        DatasetId: string;
        /** @description Data sets, newest first. */
        DatasetPage: {
            items: components["schemas"]["Dataset"][];
            /** @description Give it as `cursor` for the next page; null at the end. */
            next: string | null;
        };
        /**
         * @description Only jobs on a `ready` one are taken.
         * @enum {string}
         */
        DatasetState: "uploading" | "checking" | "ready" | "failed";
        /** @description The request that uploads a file. */
        DatasetUpload: {
            /** @description As specs name it: a relative path of letters, digits, ., _ and -. */
            name: components["schemas"]["ArtifactName"];
            /** @constant */
            method: "PUT";
            /** @description Where to; a path belongs to this service, and needs its token. */
            url: string;
            /** @description To be sent exactly so. */
            headers: {
                [key: string]: string;
            };
            /** @description Ask again after it; null if it holds as long as the data set. */
            expiresAt: string | null;
        };
        DatasetUploads: {
            dataset: components["schemas"]["Dataset"];
            /** @description Of the files that have not come yet. */
            uploads: components["schemas"]["DatasetUpload"][];
        };
        /** @description Fully connected: y = f(xW + b), W [features, units]. */
        DenseLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "dense";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Number of outputs. */
            units: number;
            /** @default linear */
            activation: components["schemas"]["Activation"];
            /**
             * @description Applies to each step of [steps, features] by itself: [steps, features] -> [steps, units].
             * @default false
             */
            everyStep: boolean;
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias: number;
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description Fully connected: y = f(xW + b), W [features, units]. */
        DenseLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "dense";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Number of outputs. */
            units: number;
            /** @default linear */
            activation?: components["schemas"]["Activation"];
            /**
             * @description Applies to each step of [steps, features] by itself: [steps, features] -> [steps, units].
             * @default false
             */
            everyStep?: boolean;
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias?: number;
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description Convolves every channel by its own kernels: [height, width, channels] -> [height, width, channels · depthMultiplier]. */
        DepthwiseConv2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "depthwise-conv2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Height and width of the kernel. */
            kernelSize: [
                number,
                number
            ];
            /**
             * @description Step of the window, the same along both axes.
             * @default [
             *       1,
             *       1
             *     ]
             */
            strides: [
                number,
                number
            ];
            /**
             * @description Kernels a channel.
             * @default 1
             */
            depthMultiplier: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
            /** @default linear */
            activation: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias: number;
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description Convolves every channel by its own kernels: [height, width, channels] -> [height, width, channels · depthMultiplier]. */
        DepthwiseConv2dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "depthwise-conv2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Height and width of the kernel. */
            kernelSize: number | [
                number,
                number
            ];
            /** @description Step of the window, the same along both axes. */
            strides?: number | [
                number,
                number
            ];
            /**
             * @description Kernels a channel.
             * @default 1
             */
            depthMultiplier?: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
            /** @default linear */
            activation?: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias?: number;
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description 442 rows of 10 features: age, sex, body mass and blood of patients, and the progression of the disease a year later: a regression (Efron et al. 2004), unscaled. */
        DiabetesData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "diabetes";
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description 442 rows of 10 features: age, sex, body mass and blood of patients, and the progression of the disease a year later: a regression (Efron et al. 2004), unscaled. */
        DiabetesDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "diabetes";
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description All findings of a job. */
        Diagnostics: {
            jobId: string;
            findings: components["schemas"]["Finding"][];
        };
        /** @description 1,797 rows of 64 features: handwritten digits of 8 x 8 (Alpaydin & Kaynak 1998). */
        DigitsData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "digits";
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description 1,797 rows of 64 features: handwritten digits of 8 x 8 (Alpaydin & Kaynak 1998). */
        DigitsDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "digits";
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description The scalar product of its two inputs, [features] each: [1]. */
        DotLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "dot";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description Of the inputs brought to length 1: their cosine.
             * @default false
             */
            normalize: boolean;
        };
        /** @description The scalar product of its two inputs, [features] each: [1]. */
        DotLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "dot";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /**
             * @description Of the inputs brought to length 1: their cosine.
             * @default false
             */
            normalize?: boolean;
        };
        /** @description Sets a share of the values to 0 while training and scales the rest by 1/(1-rate). */
        DropoutLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "dropout";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Share of values set to 0. */
            rate: number;
        };
        /** @description Sets a share of the values to 0 while training and scales the rest by 1/(1-rate). */
        DropoutLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "dropout";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Share of values set to 0. */
            rate: number;
        };
        /** @description Ends the run when the validation score stops rising. */
        EarlyStopping: {
            /** @description Epochs without a better validation score after which the run ends. */
            patience: number;
            /**
             * @description By how much a score has to be better to count.
             * @default 0
             */
            threshold: number;
        };
        /** @description Ends the run when the validation score stops rising. */
        EarlyStoppingInput: {
            /** @description Epochs without a better validation score after which the run ends. */
            patience: number;
            /**
             * @description By how much a score has to be better to count.
             * @default 0
             */
            threshold?: number;
        };
        /** @description A learned vector for each whole number: [steps] -> [steps, size]. */
        EmbeddingLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "embedding";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description How many numbers there are, from 0. */
            vocabulary: number;
            /** @description Length of a vector. */
            size: number;
            initializer: components["schemas"]["Initializer"];
        };
        /** @description A learned vector for each whole number: [steps] -> [steps, size]. */
        EmbeddingLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "embedding";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description How many numbers there are, from 0. */
            vocabulary: number;
            /** @description Length of a vector. */
            size: number;
            initializer?: components["schemas"]["Initializer"];
        };
        /**
         * @description What is averaged. `probabilities`: p̄ = 1/M Σ softmax(z_m). `logits`: z̄ = 1/M Σ z_m, a geometric mean of probabilities. For numbers both are the mean of the outputs. `weights`: w̄ = 1/M Σ w_m, one model as fast as a member; only for members of one run, and with the statistics of batch normalisation measured anew (Izmailov et al. 2018, SWA).
         * @default probabilities
         * @enum {string}
         */
        EnsembleAverage: "probabilities" | "logits" | "weights";
        EnsembleJob: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "ensemble";
            id: string;
            name: string | null;
            tags: {
                [key: string]: string;
            };
            state: components["schemas"]["JobState"];
            /** @description Asked of a running job and not yet done. */
            stopping: ("cancel" | "pause") | null;
            /** @description Executions so far. */
            attempt: number;
            plan: components["schemas"]["PlanReport"] | null;
            progress: components["schemas"]["Progress"] | null;
            /** @description Why a job failed. */
            error: components["schemas"]["ErrorDetail"] | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            spec: components["schemas"]["EnsembleSpec"];
            result: components["schemas"]["EnsembleResult"] | null;
        };
        EnsembleResult: {
            loss: number;
            /** @description Accuracy for classes, −loss for regression. */
            score: number;
            examples: number;
            /** @description Each alone, on the same examples. */
            members: {
                /** @description A train job, which may still run, or an ensemble job. */
                job: string;
                /**
                 * @description The artifact that holds them, as `average/weights.safetensors`, or a checkpoint, as `checkpoints/epoch-003-val-0.9123`. In an ensemble job, a `*` in its last part stands for all checkpoints that fit.
                 * @default weights.safetensors
                 */
                weights: string;
                /** @description Of a job that trained several. */
                member?: number;
                loss: number;
                /** @description Accuracy for classes, −loss for regression. */
                score: number;
            }[];
            /** @description Classes: share of pairs of members that answer differently, mean over the examples. Numbers: standard deviation of what is averaged, mean over the examples. */
            disagreement: number;
            /** @description Of the exported model. */
            parameters: number;
            seconds: number;
            /** @description Largest resident set of the runner. */
            peakMemoryBytes: number;
        };
        /** @description Averages trained models, judges each and all, and exports one model that predicts like any other. */
        EnsembleSpec: {
            /** @constant */
            kind: "ensemble";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags: {
                [key: string]: string;
            };
            /** @description Finished jobs, or checkpoints of one: `{ job, weights: checkpoints/* }`. Two models at least. */
            members: components["schemas"]["ModelSource"][];
            average: components["schemas"]["EnsembleAverage"];
            /** @description Left out: the job's own, of an ensemble the first member's. Scaled and preprocessed as the model was trained, whatever it says of that. */
            data?: components["schemas"]["Data"];
            /**
             * @description Which examples; when left out, `test` of the job's own data, and `all` of others.
             * @enum {string}
             */
            split?: "training" | "validation" | "test" | "all";
        };
        /** @description Averages trained models, judges each and all, and exports one model that predicts like any other. */
        EnsembleSpecInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "ensemble";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
            /** @description Finished jobs, or checkpoints of one: `{ job, weights: checkpoints/* }`. Two models at least. */
            members: components["schemas"]["ModelSourceInput"][];
            average?: components["schemas"]["EnsembleAverage"];
            /** @description Left out: the job's own, of an ensemble the first member's. Scaled and preprocessed as the model was trained, whatever it says of that. */
            data?: components["schemas"]["DataInput"];
            /**
             * @description Which examples; when left out, `test` of the job's own data, and `all` of others.
             * @enum {string}
             */
            split?: "training" | "validation" | "test" | "all";
        };
        /**
         * @description What went wrong; the list is closed.
         * @enum {string}
         */
        ErrorCode: "invalid_json" | "invalid_yaml" | "invalid_request" | "unauthorized" | "forbidden" | "not_found" | "artifact_not_found" | "method_not_allowed" | "conflict" | "idempotency_conflict" | "artifact_exists" | "lease_lost" | "payload_too_large" | "unsupported_media_type" | "range_not_satisfiable" | "invalid_spec" | "unknown_field" | "shape_mismatch" | "model_too_large" | "data_missing" | "data_damaged" | "invalid_module" | "check_failed" | "stopped_by_diagnosis" | "non_finite_loss" | "budget_exceeded" | "rate_limited" | "cancelled" | "internal" | "runner_lost" | "out_of_memory" | "disk_full" | "store_unavailable" | "timeout";
        ErrorDetail: {
            code: components["schemas"]["ErrorCode"];
            /** @description One sentence: what was given, what is allowed, the nearest valid choice. */
            message: string;
            /** @description The field at fault, as in `model.layers[2].units`. */
            param: string | null;
            /** @description Whether the same request may succeed later. */
            retryable: boolean;
        };
        EvaluateJob: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "evaluate";
            id: string;
            name: string | null;
            tags: {
                [key: string]: string;
            };
            state: components["schemas"]["JobState"];
            /** @description Asked of a running job and not yet done. */
            stopping: ("cancel" | "pause") | null;
            /** @description Executions so far. */
            attempt: number;
            plan: components["schemas"]["PlanReport"] | null;
            progress: components["schemas"]["Progress"] | null;
            /** @description Why a job failed. */
            error: components["schemas"]["ErrorDetail"] | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            spec: components["schemas"]["EvaluateSpec"];
            result: components["schemas"]["EvaluateResult"] | null;
        };
        EvaluateResult: {
            loss: number;
            /** @description Accuracy for classes, −loss for regression. */
            score: number;
            examples: number;
            /** @description Of the evaluation itself. */
            seconds: number;
            /** @description Largest resident set of the runner. */
            peakMemoryBytes: number;
        };
        /** @description Judges a trained model: its loss, and `scores.json`. */
        EvaluateSpec: {
            /** @constant */
            kind: "evaluate";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags: {
                [key: string]: string;
            };
            model: components["schemas"]["ModelSource"];
            /** @description Left out: the job's own, of an ensemble the first member's. Scaled and preprocessed as the model was trained, whatever it says of that. */
            data?: components["schemas"]["Data"];
            /**
             * @description Which examples; when left out, `test` of the job's own data, and `all` of others.
             * @enum {string}
             */
            split?: "training" | "validation" | "test" | "all";
        };
        /** @description Judges a trained model: its loss, and `scores.json`. */
        EvaluateSpecInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "evaluate";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
            model: components["schemas"]["ModelSourceInput"];
            /** @description Left out: the job's own, of an ensemble the first member's. Scaled and preprocessed as the model was trained, whatever it says of that. */
            data?: components["schemas"]["DataInput"];
            /**
             * @description Which examples; when left out, `test` of the job's own data, and `all` of others.
             * @enum {string}
             */
            split?: "training" | "validation" | "test" | "all";
        };
        Event: {
            /** @description 1, 2, 3 … within the job; also the id of the server-sent event. */
            seq: number;
            /** Format: date-time */
            at: string;
            body: components["schemas"]["EventBody"];
        };
        EventBody: {
            /** @constant */
            type: "state";
            state: components["schemas"]["JobState"];
            reason: string | null;
            error: components["schemas"]["ErrorDetail"] | null;
        } | {
            /** @constant */
            type: "notice";
            /** @enum {string} */
            level: "info" | "warning";
            message: string;
        } | {
            /** @constant */
            type: "plan";
            plan: components["schemas"]["PlanReport"];
        } | {
            /** @constant */
            type: "finding";
            finding: components["schemas"]["Finding"];
        } | {
            /** @constant */
            type: "epoch";
            epoch: number;
            step: number;
            trainingLoss: number;
            validationLoss: number | null;
            validationScore: number | null;
            /** @description Validation loss of the running average of the parameters. */
            averageLoss: number | null;
            averageScore: number | null;
            /** @description Those of one’s own, of the validation split; null where not finite. */
            metrics?: {
                [key: string]: number | null;
            };
            seconds: number;
        } | {
            /** @constant */
            type: "checkpoint";
            name: string;
            step: number;
            score: number | null;
            /** @description Earlier checkpoints, now neither the best nor the last, whose files are removed. */
            replaces: string[];
        } | {
            /** @constant */
            type: "machine";
            /** @description That the attempt runs on. */
            machine: string;
            /** @description What an hour of it counts for `budget.dollars`; null without a price. */
            dollarsPerHour: number | null;
        } | {
            /** @constant */
            type: "forecast";
            /** @description For the machine that the attempt runs on. */
            forecast: components["schemas"]["Forecast"];
        } | {
            /** @constant */
            type: "artifact";
            artifact: {
                name: components["schemas"]["ArtifactName"];
                /** @description Bytes. */
                size: number;
                /** @description Of the bytes, in hexadecimal. */
                sha256: string;
                contentType: string;
                attempt: number;
            };
        };
        /** @description α(t) = α₀ · e^(−kt). */
        ExponentialSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "exponential";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description k, per unit of t. */
            decay: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUp"];
        };
        /** @description α(t) = α₀ · e^(−kt). */
        ExponentialScheduleInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "exponential";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description k, per unit of t. */
            decay: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit?: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUpInput"];
        };
        /** @description 70,000 grey images [28, 28, 1] of clothes in 10 classes (Xiao et al. 2017). */
        FashionMnistData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "fashion-mnist";
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description 70,000 grey images [28, 28, 1] of clothes in 10 classes (Xiao et al. 2017). */
        FashionMnistDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "fashion-mnist";
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description What the check found in a file. */
        FileContents: {
            /**
             * @description By the ending of its name.
             * @enum {string}
             */
            format: "csv" | "jsonl" | "parquet" | "npy" | "other";
            /** @description Null where only a spec says how it is read. */
            rows: number | null;
            /** @description Of a table; null for others, and where they are too many to list. */
            columns: string[] | null;
            /** @description Of an array: [rows, …]. */
            shape: number[] | null;
            /** @description Between two cells of a CSV file. */
            delimiter: string | null;
        };
        Finding: {
            /** @description Which check judged, as in `initial-loss`. */
            rule: string;
            /** @enum {string} */
            verdict: "pass" | "warn" | "fail" | "skipped";
            /** @description One sentence for people. */
            message: string;
            /** @description The cause in the terms of the field; null when all is well or nothing was judged. */
            cause: string | null;
            /** @description The numbers judged, by name. */
            evidence: {
                [key: string]: number | string | boolean | null;
            };
            /** @description A change of the spec that mends the cause, where one is known. */
            patch: components["schemas"]["Patch"] | null;
            /** @description How sure a diagnosis is of the cause; causes are ranked by it. */
            score?: number;
            /** @description What would tell the cause from the next one. */
            experiment?: string;
        };
        /** @description Lays all axes in one row: [height, width, channels] -> [features]. */
        FlattenLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "flatten";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
        };
        /** @description Lays all axes in one row: [height, width, channels] -> [features]. */
        FlattenLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "flatten";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
        };
        /** @description What a run is expected to take on a machine. */
        Forecast: {
            /** @description Instance type of EC2, or processor and cores of the machine of the service. */
            machine: string;
            /** @description At most; null when only time or money ends the run. */
            steps: number | null;
            /** @description On the machine, from the start of the runner to its end: loading, checks, training, evaluation, export. Without the wait for a machine. */
            seconds: components["schemas"]["Range"];
            /** @description Of the whole machine for those seconds, by the price table; null for a machine that has no price. */
            dollars: components["schemas"]["Range"] | null;
            /**
             * @description `measured`: by runs of this kind on such a machine. `prior`: by published peak rates alone, so the range is wide.
             * @enum {string}
             */
            basis: "measured" | "prior";
            /** @description Measured runs that it rests on. */
            runs: number;
        };
        /** @description Multiplies by N(1, rate/(1−rate)) while training (Srivastava et al. 2014). */
        GaussianDropoutLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "gaussian-dropout";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Share of the dropout whose variance it has. */
            rate: number;
        };
        /** @description Multiplies by N(1, rate/(1−rate)) while training (Srivastava et al. 2014). */
        GaussianDropoutLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "gaussian-dropout";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Share of the dropout whose variance it has. */
            rate: number;
        };
        /** @description Adds N(0, σ²) while training. */
        GaussianNoiseLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "gaussian-noise";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description σ. */
            deviation: number;
        };
        /** @description Adds N(0, σ²) while training. */
        GaussianNoiseLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "gaussian-noise";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description σ. */
            deviation: number;
        };
        /** @description The mean over all steps, channel by channel: [steps, channels] -> [channels]. */
        GlobalAveragePooling1dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "global-average-pooling1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
        };
        /** @description The mean over all steps, channel by channel: [steps, channels] -> [channels]. */
        GlobalAveragePooling1dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "global-average-pooling1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
        };
        /** @description The mean over the whole image, channel by channel: [height, width, channels] -> [channels]. */
        GlobalAveragePooling2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "global-average-pooling2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
        };
        /** @description The mean over the whole image, channel by channel: [height, width, channels] -> [channels]. */
        GlobalAveragePooling2dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "global-average-pooling2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
        };
        /** @description The largest value over all steps, channel by channel: [steps, channels] -> [channels]. */
        GlobalMaxPooling1dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "global-max-pooling1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
        };
        /** @description The largest value over all steps, channel by channel: [steps, channels] -> [channels]. */
        GlobalMaxPooling1dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "global-max-pooling1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
        };
        /** @description The largest value over the whole image, channel by channel: [height, width, channels] -> [channels]. */
        GlobalMaxPooling2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "global-max-pooling2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
        };
        /** @description The largest value over the whole image, channel by channel: [height, width, channels] -> [channels]. */
        GlobalMaxPooling2dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "global-max-pooling2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
        };
        /** @description Gated recurrent unit over the steps of [steps, features]. */
        GruLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "gru";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Length of h. */
            units: number;
            /**
             * @description Gives h of every step, [steps, units], instead of the last.
             * @default false
             */
            returnSequences: boolean;
            /**
             * @description In the place of tanh.
             * @default tanh
             */
            activation: components["schemas"]["Activation"];
            /**
             * @description In the place of σ, in the gates.
             * @default sigmoid
             */
            recurrentActivation: components["schemas"]["Activation"];
            /**
             * @description Adds b.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description How U starts.
             * @default orthogonal
             */
            recurrentInitializer: ("glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "calibrated" | "orthogonal" | "zeros" | "ones") | ({
                /** @constant */
                type: "constant";
                value: number;
            } | {
                /** @constant */
                type: "normal";
                deviation: number;
            } | {
                /** @constant */
                type: "uniform";
                bound: number;
            });
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description Gated recurrent unit over the steps of [steps, features]. */
        GruLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "gru";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Length of h. */
            units: number;
            /**
             * @description Gives h of every step, [steps, units], instead of the last.
             * @default false
             */
            returnSequences?: boolean;
            /**
             * @description In the place of tanh.
             * @default tanh
             */
            activation?: components["schemas"]["Activation"];
            /**
             * @description In the place of σ, in the gates.
             * @default sigmoid
             */
            recurrentActivation?: components["schemas"]["Activation"];
            /**
             * @description Adds b.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description How U starts.
             * @default orthogonal
             */
            recurrentInitializer?: ("glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "calibrated" | "orthogonal" | "zeros" | "ones") | ({
                /** @constant */
                type: "constant";
                value: number;
            } | {
                /** @constant */
                type: "normal";
                deviation: number;
            } | {
                /** @constant */
                type: "uniform";
                bound: number;
            });
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
        };
        Health: {
            /** @constant */
            status: "ok";
            /** @description Version of the service. */
            version: string;
        };
        /** @description Log-probabilities of classes by a binary tree of logistic regressions: [features] -> [units]. */
        HierarchicalSoftmaxLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hierarchical-softmax";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Number of classes, C. */
            units: number;
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias: number;
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description Log-probabilities of classes by a binary tree of logistic regressions: [features] -> [units]. */
        HierarchicalSoftmaxLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hierarchical-softmax";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Number of classes, C. */
            units: number;
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias?: number;
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description L = mean of ½d² where |d| ≤ δ, δ(|d| − ½δ) elsewhere, d = ŷ − y. */
        HuberLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "huber";
            /**
             * @description δ, where it turns from squared to absolute.
             * @default 1
             */
            delta: number;
        };
        /** @description L = mean of ½d² where |d| ≤ δ, δ(|d| − ½δ) elsewhere, d = ŷ − y. */
        HuberLossInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "huber";
            /**
             * @description δ, where it turns from squared to absolute.
             * @default 1
             */
            delta?: number;
        };
        /** @description Bytes in two files of the IDX format, MNIST's own. */
        IdxData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "idx";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Bytes [examples, …], under the data folder of the service. */
            inputs: string;
            /** @description Bytes [examples]: the classes. Only what is to be predicted may do without. */
            labels?: string;
            /** @description Shape of one example. */
            shape: number[];
            /** @description Number of classes. */
            classes: number;
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description Bytes in two files of the IDX format, MNIST's own. */
        IdxDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "idx";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Bytes [examples, …], under the data folder of the service. */
            inputs: string;
            /** @description Bytes [examples]: the classes. Only what is to be predicted may do without. */
            labels?: string;
            /** @description Shape of one example. */
            shape: number[];
            /** @description Number of classes. */
            classes: number;
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description PNG and JPEG files, in one folder a class: FOLDER/cat/1.png, FOLDER/dog/7.jpg. */
        ImagesData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "images";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Under the data folder of the service. */
            folder: string;
            /** @description Height and width that every image has. */
            size: [
                number,
                number
            ];
            /**
             * @description 1 reads grey, 3 colours.
             * @default 3
             */
            channels: 1 | 3;
            /** @description Names of the folders, in the order of the classes. Left out, the images lie in the folder itself, in the order of their names, and have no labels: only what is to be predicted may do without. */
            classes?: string[];
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description PNG and JPEG files, in one folder a class: FOLDER/cat/1.png, FOLDER/dog/7.jpg. */
        ImagesDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "images";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Under the data folder of the service. */
            folder: string;
            /** @description Height and width that every image has. */
            size: number | [
                number,
                number
            ];
            /**
             * @description 1 reads grey, 3 colours.
             * @default 3
             */
            channels?: 1 | 3;
            /** @description Names of the folders, in the order of the classes. Left out, the images lie in the folder itself, in the order of their names, and have no labels: only what is to be predicted may do without. */
            classes?: string[];
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /**
         * @description How the kernel of the layer starts.
         * @default glorot-uniform
         */
        Initializer: ("glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "calibrated" | "orthogonal" | "zeros" | "ones") | ({
            /** @constant */
            type: "constant";
            value: number;
        } | {
            /** @constant */
            type: "normal";
            deviation: number;
        } | {
            /** @constant */
            type: "uniform";
            bound: number;
        });
        InspectJob: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "inspect";
            id: string;
            name: string | null;
            tags: {
                [key: string]: string;
            };
            state: components["schemas"]["JobState"];
            /** @description Asked of a running job and not yet done. */
            stopping: ("cancel" | "pause") | null;
            /** @description Executions so far. */
            attempt: number;
            plan: components["schemas"]["PlanReport"] | null;
            progress: components["schemas"]["Progress"] | null;
            /** @description Why a job failed. */
            error: components["schemas"]["ErrorDetail"] | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            spec: components["schemas"]["InspectSpec"];
            result: components["schemas"]["InspectResult"] | null;
        };
        /** @description What is in the files; the findings are in `diagnostics.json`. */
        InspectResult: {
            /** @description Each file of the data set. */
            files: {
                /**
                 * @description By the ending of its name.
                 * @enum {string}
                 */
                format: "csv" | "jsonl" | "parquet" | "npy" | "other";
                /** @description Null where only a spec says how it is read. */
                rows: number | null;
                /** @description Of a table; null for others, and where they are too many to list. */
                columns: string[] | null;
                /** @description Of an array: [rows, …]. */
                shape: number[] | null;
                /** @description Between two cells of a CSV file. */
                delimiter: string | null;
                name: string;
            }[];
            /** @description Null where the spec says not how they are read. */
            examples: number | null;
            /** @description Findings of the data report of that verdict. */
            pass: number;
            warn: number;
            skipped: number;
            /** @description Of the looking, without the fetching. */
            seconds: number;
            /** @description Largest resident set of the runner. */
            peakMemoryBytes: number;
        };
        /** @description Says what is in the files of a data set. The job fails if one of them is damaged. */
        InspectSpec: {
            /** @constant */
            kind: "inspect";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags: {
                [key: string]: string;
            };
            /** @description The data set to look at. */
            dataset: components["schemas"]["DatasetId"];
            /** @description How its files are read; the job then opens them so, and reports on the examples as `check` does. */
            data?: components["schemas"]["Data"];
        };
        /** @description Says what is in the files of a data set. The job fails if one of them is damaged. */
        InspectSpecInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "inspect";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
            /** @description The data set to look at. */
            dataset: components["schemas"]["DatasetId"];
            /** @description How its files are read; the job then opens them so, and reports on the examples as `check` does. */
            data?: components["schemas"]["DataInput"];
        };
        /** @description α(t) = α₀ / (1 + kt). */
        InverseTimeSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "1/t";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description k, per unit of t. */
            decay: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUp"];
        };
        /** @description α(t) = α₀ / (1 + kt). */
        InverseTimeScheduleInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "1/t";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description k, per unit of t. */
            decay: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit?: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUpInput"];
        };
        /** @description 150 rows of 4 features: lengths and widths of three species of iris (Fisher 1936), as scikit-learn's. */
        IrisData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "iris";
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description 150 rows of 4 features: lengths and widths of three species of iris (Fisher 1936), as scikit-learn's. */
        IrisDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "iris";
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description A job; its kind says which spec and which result it has. */
        Job: components["schemas"]["TrainJob"] | components["schemas"]["CheckJob"] | components["schemas"]["EvaluateJob"] | components["schemas"]["PredictJob"] | components["schemas"]["EnsembleJob"] | components["schemas"]["InspectJob"];
        /** @enum {string} */
        JobKind: "train" | "check" | "evaluate" | "predict" | "ensemble" | "inspect";
        /** @description Jobs, newest first. */
        JobPage: {
            items: components["schemas"]["Job"][];
            /** @description Give it as `cursor` for the next page; null at the end. */
            next: string | null;
        };
        /** @enum {string} */
        JobState: "queued" | "starting" | "running" | "paused" | "succeeded" | "failed" | "cancelled";
        /** @description A file with one JSON object a line. */
        JsonlData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "jsonl";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Under the data folder of the service. */
            file: string;
            /** @description Columns of the inputs, in order. */
            features: string[];
            /** @description Column of the label; several for a regression with several outputs. Only what is to be predicted may do without. */
            label?: string | string[];
            /** @description Number of classes 0, 1, 2 …, or the values of the label in the order of the classes; left out for regression. */
            classes?: number | (string | number | boolean)[];
            /**
             * @description Values of the features that are no numbers: each becomes one 0 or 1 a value (one-hot).
             * @default {}
             */
            categories: {
                [key: string]: (string | number | boolean)[];
            };
            /**
             * @description Empty cells: an error, drop the row, or the column's mean over the whole table.
             * @default error
             * @enum {string}
             */
            missing: "error" | "drop" | "mean";
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description A file with one JSON object a line. */
        JsonlDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "jsonl";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Under the data folder of the service. */
            file: string;
            /** @description Columns of the inputs, in order. */
            features: string[];
            /** @description Column of the label; several for a regression with several outputs. Only what is to be predicted may do without. */
            label?: string | string[];
            /** @description Number of classes 0, 1, 2 …, or the values of the label in the order of the classes; left out for regression. */
            classes?: number | (string | number | boolean)[];
            /**
             * @description Values of the features that are no numbers: each becomes one 0 or 1 a value (one-hot).
             * @default {}
             */
            categories?: {
                [key: string]: (string | number | boolean)[];
            };
            /**
             * @description Empty cells: an error, drop the row, or the column's mean over the whole table.
             * @default error
             * @enum {string}
             */
            missing?: "error" | "drop" | "mean";
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description In the place of the spec's own for this kernel. */
        KernelRegularization: {
            /**
             * @description λ₁.
             * @default 0
             */
            l1: number;
            /**
             * @description λ₂.
             * @default 0
             */
            l2: number;
        };
        /** @description In the place of the spec's own for this kernel. */
        KernelRegularizationInput: {
            /**
             * @description λ₁.
             * @default 0
             */
            l1?: number;
            /**
             * @description λ₂.
             * @default 0
             */
            l2?: number;
        };
        /** @description L = Σ p (log p − log softmax(z)), on logits z; labels are probabilities. */
        KullbackLeiblerLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "kullback-leibler";
        };
        /** @description Quasi-Newton on all examples: d = −H g, H from the last m steps; strong Wolfe line search. */
        LBfgsUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "l-bfgs";
            /**
             * @description m, steps that are remembered.
             * @default 10
             */
            history: number;
            /**
             * @description c₁ of the strong Wolfe conditions.
             * @default 0.0001
             */
            sufficientDecrease: number;
            /**
             * @description Most points that a line search looks at.
             * @default 25
             */
            evaluations: number;
            /**
             * @description c₂ of the strong Wolfe conditions.
             * @default 0.9
             */
            curvature: number;
            /**
             * @description Takes batches of batchSize instead of all examples. The changes of the gradient then come from other examples as well as from the step, which spoils the curvature: see docs/full-batch.md.
             * @default false
             */
            minibatch: boolean;
        };
        /** @description Quasi-Newton on all examples: d = −H g, H from the last m steps; strong Wolfe line search. */
        LBfgsUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "l-bfgs";
            /**
             * @description m, steps that are remembered.
             * @default 10
             */
            history?: number;
            /**
             * @description c₁ of the strong Wolfe conditions.
             * @default 0.0001
             */
            sufficientDecrease?: number;
            /**
             * @description Most points that a line search looks at.
             * @default 25
             */
            evaluations?: number;
            /**
             * @description c₂ of the strong Wolfe conditions.
             * @default 0.9
             */
            curvature?: number;
            /**
             * @description Takes batches of batchSize instead of all examples. The changes of the gradient then come from other examples as well as from the step, which spoils the curvature: see docs/full-batch.md.
             * @default false
             */
            minibatch?: boolean;
        };
        /** @description One layer of the model. */
        Layer: components["schemas"]["DenseLayer"] | components["schemas"]["MaxoutLayer"] | components["schemas"]["HierarchicalSoftmaxLayer"] | components["schemas"]["Conv1dLayer"] | components["schemas"]["Conv2dLayer"] | components["schemas"]["Conv3dLayer"] | components["schemas"]["Conv2dTransposeLayer"] | components["schemas"]["DepthwiseConv2dLayer"] | components["schemas"]["SeparableConv2dLayer"] | components["schemas"]["MaxPooling1dLayer"] | components["schemas"]["AveragePooling1dLayer"] | components["schemas"]["MaxPooling2dLayer"] | components["schemas"]["AveragePooling2dLayer"] | components["schemas"]["MaxPooling3dLayer"] | components["schemas"]["AveragePooling3dLayer"] | components["schemas"]["GlobalMaxPooling1dLayer"] | components["schemas"]["GlobalAveragePooling1dLayer"] | components["schemas"]["GlobalMaxPooling2dLayer"] | components["schemas"]["GlobalAveragePooling2dLayer"] | components["schemas"]["FlattenLayer"] | components["schemas"]["ReshapeLayer"] | components["schemas"]["PermuteLayer"] | components["schemas"]["RepeatVectorLayer"] | components["schemas"]["ZeroPadding2dLayer"] | components["schemas"]["Cropping2dLayer"] | components["schemas"]["UpSampling2dLayer"] | components["schemas"]["DropoutLayer"] | components["schemas"]["SpatialDropout1dLayer"] | components["schemas"]["GaussianNoiseLayer"] | components["schemas"]["GaussianDropoutLayer"] | components["schemas"]["AlphaDropoutLayer"] | components["schemas"]["BatchNormalizationLayer"] | components["schemas"]["LayerNormalizationLayer"] | components["schemas"]["ActivationLayer"] | components["schemas"]["LeakyReluLayer"] | components["schemas"]["PreluLayer"] | components["schemas"]["EmbeddingLayer"] | components["schemas"]["SimpleRnnLayer"] | components["schemas"]["LstmLayer"] | components["schemas"]["GruLayer"] | components["schemas"]["ConvLstm2dLayer"] | components["schemas"]["BidirectionalLayer"] | components["schemas"]["AddLayer"] | components["schemas"]["MultiplyLayer"] | components["schemas"]["AverageLayer"] | components["schemas"]["MaximumLayer"] | components["schemas"]["MinimumLayer"] | components["schemas"]["ConcatenateLayer"] | components["schemas"]["DotLayer"] | components["schemas"]["ModuleLayer"];
        /** @description One layer of the model. */
        LayerInput: components["schemas"]["DenseLayerInput"] | components["schemas"]["MaxoutLayerInput"] | components["schemas"]["HierarchicalSoftmaxLayerInput"] | components["schemas"]["Conv1dLayerInput"] | components["schemas"]["Conv2dLayerInput"] | components["schemas"]["Conv3dLayerInput"] | components["schemas"]["Conv2dTransposeLayerInput"] | components["schemas"]["DepthwiseConv2dLayerInput"] | components["schemas"]["SeparableConv2dLayerInput"] | components["schemas"]["MaxPooling1dLayerInput"] | components["schemas"]["AveragePooling1dLayerInput"] | components["schemas"]["MaxPooling2dLayerInput"] | components["schemas"]["AveragePooling2dLayerInput"] | components["schemas"]["MaxPooling3dLayerInput"] | components["schemas"]["AveragePooling3dLayerInput"] | components["schemas"]["GlobalMaxPooling1dLayerInput"] | components["schemas"]["GlobalAveragePooling1dLayerInput"] | components["schemas"]["GlobalMaxPooling2dLayerInput"] | components["schemas"]["GlobalAveragePooling2dLayerInput"] | components["schemas"]["FlattenLayerInput"] | components["schemas"]["ReshapeLayerInput"] | components["schemas"]["PermuteLayerInput"] | components["schemas"]["RepeatVectorLayerInput"] | components["schemas"]["ZeroPadding2dLayerInput"] | components["schemas"]["Cropping2dLayerInput"] | components["schemas"]["UpSampling2dLayerInput"] | components["schemas"]["DropoutLayerInput"] | components["schemas"]["SpatialDropout1dLayerInput"] | components["schemas"]["GaussianNoiseLayerInput"] | components["schemas"]["GaussianDropoutLayerInput"] | components["schemas"]["AlphaDropoutLayerInput"] | components["schemas"]["BatchNormalizationLayerInput"] | components["schemas"]["LayerNormalizationLayerInput"] | components["schemas"]["ActivationLayerInput"] | components["schemas"]["LeakyReluLayerInput"] | components["schemas"]["PreluLayerInput"] | components["schemas"]["EmbeddingLayerInput"] | components["schemas"]["SimpleRnnLayerInput"] | components["schemas"]["LstmLayerInput"] | components["schemas"]["GruLayerInput"] | components["schemas"]["ConvLstm2dLayerInput"] | components["schemas"]["BidirectionalLayerInput"] | components["schemas"]["AddLayerInput"] | components["schemas"]["MultiplyLayerInput"] | components["schemas"]["AverageLayerInput"] | components["schemas"]["MaximumLayerInput"] | components["schemas"]["MinimumLayerInput"] | components["schemas"]["ConcatenateLayerInput"] | components["schemas"]["DotLayerInput"] | components["schemas"]["ModuleLayerInput"];
        /** @description Normalises each example over its last axis, then scales and shifts it. */
        LayerNormalizationLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "layer-normalization";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description Added to the variance.
             * @default 0.001
             */
            epsilon: number;
        };
        /** @description Normalises each example over its last axis, then scales and shifts it. */
        LayerNormalizationLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "layer-normalization";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /**
             * @description Added to the variance.
             * @default 0.001
             */
            epsilon?: number;
        };
        /** @description One layer, as inferred before any TensorFlow. */
        LayerReport: {
            name: string;
            type: string;
            /** @description Shape without the batch dimension. */
            input: number[];
            /** @description Shape without the batch dimension. */
            output: number[];
            /** @description Number of weights, trained or not. */
            parameters: number;
        };
        /** @description y = x above 0 and αx below (Maas et al. 2013). */
        LeakyReluLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "leaky-relu";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description α.
             * @default 0.01
             */
            alpha: number;
        };
        /** @description y = x above 0 and αx below (Maas et al. 2013). */
        LeakyReluLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "leaky-relu";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /**
             * @description α.
             * @default 0.01
             */
            alpha?: number;
        };
        /** @description w ← w − α sign(β₁m + (1−β₁)g), m ← β₂m + (1−β₂)g. */
        LionUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "lion";
            /**
             * @description β₁, share of m in the step.
             * @default 0.9
             */
            beta1: number;
            /**
             * @description β₂, decay of m.
             * @default 0.99
             */
            beta2: number;
        };
        /** @description w ← w − α sign(β₁m + (1−β₁)g), m ← β₂m + (1−β₂)g. */
        LionUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "lion";
            /**
             * @description β₁, share of m in the step.
             * @default 0.9
             */
            beta1?: number;
            /**
             * @description β₂, decay of m.
             * @default 0.99
             */
            beta2?: number;
        };
        /** @description The data loss, averaged over the batch. */
        Loss: components["schemas"]["SoftmaxCrossEntropyLoss"] | components["schemas"]["SigmoidCrossEntropyLoss"] | components["schemas"]["WestonWatkinsLoss"] | components["schemas"]["OneVsAllHingeLoss"] | components["schemas"]["KullbackLeiblerLoss"] | components["schemas"]["MeanSquaredErrorLoss"] | components["schemas"]["MeanAbsoluteErrorLoss"] | components["schemas"]["HuberLoss"] | components["schemas"]["PoissonLoss"] | components["schemas"]["CosineDistanceLoss"] | components["schemas"]["ModuleLoss"];
        /** @description The data loss, averaged over the batch. */
        LossInput: components["schemas"]["SoftmaxCrossEntropyLossInput"] | components["schemas"]["SigmoidCrossEntropyLossInput"] | components["schemas"]["WestonWatkinsLossInput"] | components["schemas"]["OneVsAllHingeLossInput"] | components["schemas"]["KullbackLeiblerLoss"] | components["schemas"]["MeanSquaredErrorLoss"] | components["schemas"]["MeanAbsoluteErrorLoss"] | components["schemas"]["HuberLossInput"] | components["schemas"]["PoissonLoss"] | components["schemas"]["CosineDistanceLoss"] | components["schemas"]["ModuleLossInput"];
        /** @description Long short-term memory over the steps of [steps, features]. */
        LstmLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "lstm";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Length of h. */
            units: number;
            /**
             * @description Gives h of every step, [steps, units], instead of the last.
             * @default false
             */
            returnSequences: boolean;
            /**
             * @description In the place of tanh.
             * @default tanh
             */
            activation: components["schemas"]["Activation"];
            /**
             * @description In the place of σ, in the gates.
             * @default sigmoid
             */
            recurrentActivation: components["schemas"]["Activation"];
            /**
             * @description Adds b.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description How U starts.
             * @default orthogonal
             */
            recurrentInitializer: ("glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "calibrated" | "orthogonal" | "zeros" | "ones") | ({
                /** @constant */
                type: "constant";
                value: number;
            } | {
                /** @constant */
                type: "normal";
                deviation: number;
            } | {
                /** @constant */
                type: "uniform";
                bound: number;
            });
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description Long short-term memory over the steps of [steps, features]. */
        LstmLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "lstm";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Length of h. */
            units: number;
            /**
             * @description Gives h of every step, [steps, units], instead of the last.
             * @default false
             */
            returnSequences?: boolean;
            /**
             * @description In the place of tanh.
             * @default tanh
             */
            activation?: components["schemas"]["Activation"];
            /**
             * @description In the place of σ, in the gates.
             * @default sigmoid
             */
            recurrentActivation?: components["schemas"]["Activation"];
            /**
             * @description Adds b.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description How U starts.
             * @default orthogonal
             */
            recurrentInitializer?: ("glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "calibrated" | "orthogonal" | "zeros" | "ones") | ({
                /** @constant */
                type: "constant";
                value: number;
            } | {
                /** @constant */
                type: "normal";
                deviation: number;
            } | {
                /** @constant */
                type: "uniform";
                bound: number;
            });
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description The largest value of each window, channel by channel: [steps, channels] -> [steps, channels]. */
        MaxPooling1dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "max-pooling1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description Length of the window.
             * @default 2
             */
            poolSize: number;
            /** @description Step of the window; the pool size when left out. */
            strides?: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
        };
        /** @description The largest value of each window, channel by channel: [steps, channels] -> [steps, channels]. */
        MaxPooling1dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "max-pooling1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /**
             * @description Length of the window.
             * @default 2
             */
            poolSize?: number;
            /** @description Step of the window; the pool size when left out. */
            strides?: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
        };
        /** @description The largest value of each window, channel by channel. */
        MaxPooling2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "max-pooling2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description Height and width of the window.
             * @default [
             *       2,
             *       2
             *     ]
             */
            poolSize: [
                number,
                number
            ];
            /** @description Step of the window; the pool size when left out. */
            strides?: [
                number,
                number
            ];
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
        };
        /** @description The largest value of each window, channel by channel. */
        MaxPooling2dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "max-pooling2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Height and width of the window. */
            poolSize?: number | [
                number,
                number
            ];
            /** @description Step of the window; the pool size when left out. */
            strides?: number | [
                number,
                number
            ];
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
        };
        /** @description The largest value of each window, channel by channel: [depth, height, width, channels]. */
        MaxPooling3dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "max-pooling3d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description Depth, height and width of the window.
             * @default [
             *       2,
             *       2,
             *       2
             *     ]
             */
            poolSize: [
                number,
                number,
                number
            ];
            /** @description Step of the window; the pool size when left out. */
            strides?: [
                number,
                number,
                number
            ];
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
        };
        /** @description The largest value of each window, channel by channel: [depth, height, width, channels]. */
        MaxPooling3dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "max-pooling3d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Depth, height and width of the window. */
            poolSize?: number | [
                number,
                number,
                number
            ];
            /** @description Step of the window; the pool size when left out. */
            strides?: number | [
                number,
                number,
                number
            ];
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
        };
        /** @description The largest of its inputs, element by element; all have one shape. */
        MaximumLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "maximum";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
        };
        /** @description The largest of its inputs, element by element; all have one shape. */
        MaximumLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "maximum";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
        };
        /** @description The largest of several linear functions: [features] -> [units]. */
        MaxoutLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "maxout";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Number of outputs. */
            units: number;
            /**
             * @description Linear functions an output.
             * @default 2
             */
            pieces: number;
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias: number;
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description The largest of several linear functions: [features] -> [units]. */
        MaxoutLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "maxout";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Number of outputs. */
            units: number;
            /**
             * @description Linear functions an output.
             * @default 2
             */
            pieces?: number;
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias?: number;
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description L = mean |ŷ − y| over the outputs of an example. */
        MeanAbsoluteErrorLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mean-absolute-error";
        };
        /** @description L = mean (ŷ − y)² over the outputs of an example. */
        MeanSquaredErrorLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mean-squared-error";
        };
        /** @description loss: data loss plus regularisation of the batch. dataLoss: without regularisation. rate: learning rate. seconds: since training began. trainingLoss: mean loss of the epoch. validationLoss. validationScore: accuracy for classes, −loss for regression. averageLoss and averageScore: the same of the running average of the parameters. metrics/NAME: a metric of one’s own, on the validation split. weightNorm, gradientNorm, updateNorm, updateRatio of a tensor and activationMean, activationDeviation, deadShare, saturatedShare of a layer, as in updateRatio/dense_0/kernel: measured on sampled steps. */
        MetricName: ("loss" | "dataLoss" | "rate" | "seconds" | "trainingLoss" | "validationLoss" | "validationScore" | "averageLoss" | "averageScore") | string;
        Metrics: {
            jobId: string;
            from: number;
            to: number;
            /** @description By the name of the metric. */
            series: {
                [key: string]: components["schemas"]["Series"];
            };
        };
        /** @description α(t) = α₀ · factor^(number of the given times that have passed). */
        MilestonesSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "milestones";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /**
             * @description What the rate is multiplied by.
             * @default 0.1
             */
            factor: number;
            /** @description When the rate is multiplied, as in [30, 60, 80]. */
            at: number[];
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUp"];
        };
        /** @description α(t) = α₀ · factor^(number of the given times that have passed). */
        MilestonesScheduleInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "milestones";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /**
             * @description What the rate is multiplied by.
             * @default 0.1
             */
            factor?: number;
            /** @description When the rate is multiplied, as in [30, 60, 80]. */
            at: number[];
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit?: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUpInput"];
        };
        /** @description The smallest of its inputs, element by element; all have one shape. */
        MinimumLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "minimum";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
        };
        /** @description The smallest of its inputs, element by element; all have one shape. */
        MinimumLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "minimum";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
        };
        /** @description Grey images [28, 28, 1] of handwritten digits in 10 classes (LeCun et al. 1998). */
        MnistData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mnist";
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description Grey images [28, 28, 1] of handwritten digits in 10 classes (LeCun et al. 1998). */
        MnistDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mnist";
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default unit
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description A sequence of layers, or a graph of them where layers name their `inputs`; the last one is the output. */
        Model: {
            /** @description From input to output. */
            layers: components["schemas"]["Layer"][];
            warmStart?: components["schemas"]["WarmStart"];
        };
        /** @description A sequence of layers, or a graph of them where layers name their `inputs`; the last one is the output. */
        ModelInput: {
            /** @description From input to output. */
            layers: components["schemas"]["LayerInput"][];
            warmStart?: components["schemas"]["WarmStart"];
        };
        /** @description A trained model. */
        ModelSource: {
            /** @description A train job, which may still run, or an ensemble job. */
            job: string;
            /**
             * @description The artifact that holds them, as `average/weights.safetensors`, or a checkpoint, as `checkpoints/epoch-003-val-0.9123`. In an ensemble job, a `*` in its last part stands for all checkpoints that fit.
             * @default weights.safetensors
             */
            weights: string;
        };
        /** @description A trained model. */
        ModelSourceInput: {
            /** @description A train job, which may still run, or an ensemble job. */
            job: string;
            /**
             * @description The artifact that holds them, as `average/weights.safetensors`, or a checkpoint, as `checkpoints/epoch-003-val-0.9123`. In an ensemble job, a `*` in its last part stands for all checkpoints that fit.
             * @default weights.safetensors
             */
            weights?: string;
        };
        /** @description A layer of one’s own: `layer(tf, { x, …weights })` of a module. */
        ModuleLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "module";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Text of a TypeScript or JavaScript module, at most 100000 characters. It may import TF.js and nothing else: the command line puts it here in the place of `file`, with what it imports bundled in. */
            code: string;
            /**
             * @description What its errors call the file; the ending says whether it is TypeScript.
             * @default module.ts
             */
            fileName: string;
            /** @description The shape that it makes, without the batch; that of its input when left out. */
            output?: number[];
            /**
             * @description Its weights, by the names that the module takes them under, as in `{ kernel: { shape: [64, 32] } }`.
             * @default {}
             */
            weights: {
                [key: string]: components["schemas"]["ModuleWeight"];
            };
        };
        /** @description A layer of one’s own: `layer(tf, { x, …weights })` of a module. */
        ModuleLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "module";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Text of a TypeScript or JavaScript module, at most 100000 characters. It may import TF.js and nothing else: the command line puts it here in the place of `file`, with what it imports bundled in. */
            code: string;
            /**
             * @description What its errors call the file; the ending says whether it is TypeScript.
             * @default module.ts
             */
            fileName?: string;
            /** @description The shape that it makes, without the batch; that of its input when left out. */
            output?: number[];
            /**
             * @description Its weights, by the names that the module takes them under, as in `{ kernel: { shape: [64, 32] } }`.
             * @default {}
             */
            weights?: {
                [key: string]: components["schemas"]["ModuleWeightInput"];
            };
        };
        /** @description A loss of one’s own: `loss(tf, labels, predictions)` of a module, the mean over the examples. */
        ModuleLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "module";
            /** @description Text of a TypeScript or JavaScript module, at most 100000 characters. It may import TF.js and nothing else: the command line puts it here in the place of `file`, with what it imports bundled in. */
            code: string;
            /**
             * @description What its errors call the file; the ending says whether it is TypeScript.
             * @default module.ts
             */
            fileName: string;
            /**
             * @description How it takes labels that are classes: rows with a 1 [batch, classes], or whole numbers [batch].
             * @default one-hot
             * @enum {string}
             */
            labels: "one-hot" | "index";
            /** @description Its value where all outputs are equal, for the check of the initial loss, which is skipped without. */
            atChance?: number;
            /** @description What no outputs can bring it below, as 0, for the check that examples can be learned by heart, which is skipped without. */
            least?: number;
            /**
             * @description What turns outputs into probabilities, for predictions and ensembles; they are numbers when left out.
             * @enum {string}
             */
            probability?: "softmax" | "sigmoid";
        };
        /** @description A loss of one’s own: `loss(tf, labels, predictions)` of a module, the mean over the examples. */
        ModuleLossInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "module";
            /** @description Text of a TypeScript or JavaScript module, at most 100000 characters. It may import TF.js and nothing else: the command line puts it here in the place of `file`, with what it imports bundled in. */
            code: string;
            /**
             * @description What its errors call the file; the ending says whether it is TypeScript.
             * @default module.ts
             */
            fileName?: string;
            /**
             * @description How it takes labels that are classes: rows with a 1 [batch, classes], or whole numbers [batch].
             * @default one-hot
             * @enum {string}
             */
            labels?: "one-hot" | "index";
            /** @description Its value where all outputs are equal, for the check of the initial loss, which is skipped without. */
            atChance?: number;
            /** @description What no outputs can bring it below, as 0, for the check that examples can be learned by heart, which is skipped without. */
            least?: number;
            /**
             * @description What turns outputs into probabilities, for predictions and ensembles; they are numbers when left out.
             * @enum {string}
             */
            probability?: "softmax" | "sigmoid";
        };
        /** @description A rule of one’s own: `updateRule` of a module. */
        ModuleUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "module";
            /** @description Text of a TypeScript or JavaScript module, at most 100000 characters. It may import TF.js and nothing else: the command line puts it here in the place of `file`, with what it imports bundled in. */
            code: string;
            /**
             * @description What its errors call the file; the ending says whether it is TypeScript.
             * @default module.ts
             */
            fileName: string;
            /**
             * @description Names of what it keeps for each parameter, all 0 at the start: the `slots` of the module, in their order.
             * @default []
             */
            slots: string[];
            /**
             * @description Options that it is given; of those left out, the first value that the module lists.
             * @default {}
             */
            options: {
                [key: string]: number | boolean | string;
            };
        };
        /** @description A rule of one’s own: `updateRule` of a module. */
        ModuleUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "module";
            /** @description Text of a TypeScript or JavaScript module, at most 100000 characters. It may import TF.js and nothing else: the command line puts it here in the place of `file`, with what it imports bundled in. */
            code: string;
            /**
             * @description What its errors call the file; the ending says whether it is TypeScript.
             * @default module.ts
             */
            fileName?: string;
            /**
             * @description Names of what it keeps for each parameter, all 0 at the start: the `slots` of the module, in their order.
             * @default []
             */
            slots?: string[];
            /**
             * @description Options that it is given; of those left out, the first value that the module lists.
             * @default {}
             */
            options?: {
                [key: string]: number | boolean | string;
            };
        };
        /** @description A weight of a layer of one’s own. */
        ModuleWeight: {
            /** @description As the module takes it; `[]` for one number. */
            shape: number[];
            initializer: components["schemas"]["Initializer"];
        };
        /** @description A weight of a layer of one’s own. */
        ModuleWeightInput: {
            /** @description As the module takes it; `[]` for one number. */
            shape: number[];
            initializer?: components["schemas"]["Initializer"];
        };
        /** @description v ← μv − αg, w ← w + v. */
        MomentumUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "momentum";
            /**
             * @description μ, the share of the velocity that is kept.
             * @default 0.9
             */
            momentum: number;
        };
        /** @description v ← μv − αg, w ← w + v. */
        MomentumUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "momentum";
            /**
             * @description μ, the share of the velocity that is kept.
             * @default 0.9
             */
            momentum?: number;
        };
        /**
         * @description Which score of the validation split picks the best checkpoint, stops early and steers a schedule on plateau. `score`: accuracy for classes, −loss for numbers. `loss`: −loss. For unbalanced classes `macro-f1`, `macro-recall` (balanced accuracy) or `auc`; for numbers `mean-absolute-error` (negative) or `r2`. `metrics/NAME`: one of `metrics`, negative where lower is better.
         * @default score
         */
        Monitor: ("score" | "loss" | "macro-f1" | "macro-recall" | "auc" | "mean-absolute-error" | "r2") | string;
        /** @description The product of its inputs, element by element; all have one shape. */
        MultiplyLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "multiply";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
        };
        /** @description The product of its inputs, element by element; all have one shape. */
        MultiplyLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "multiply";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
        };
        /** @description Adam whose m̂ looks one step ahead. */
        NadamUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "nadam";
            /**
             * @description β₁, decay of the mean of the gradient.
             * @default 0.9
             */
            beta1: number;
            /**
             * @description β₂, decay of the mean of its square.
             * @default 0.999
             */
            beta2: number;
            /**
             * @description ε, added to the root.
             * @default 1e-8
             */
            epsilon: number;
        };
        /** @description Adam whose m̂ looks one step ahead. */
        NadamUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "nadam";
            /**
             * @description β₁, decay of the mean of the gradient.
             * @default 0.9
             */
            beta1?: number;
            /**
             * @description β₂, decay of the mean of its square.
             * @default 0.999
             */
            beta2?: number;
            /**
             * @description ε, added to the root.
             * @default 1e-8
             */
            epsilon?: number;
        };
        /** @description v ← μv − αg, w ← w + μv − αg. */
        NesterovUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "nesterov";
            /**
             * @description μ, the share of the velocity that is kept.
             * @default 0.9
             */
            momentum: number;
        };
        /** @description v ← μv − αg, w ← w + μv − αg. */
        NesterovUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "nesterov";
            /**
             * @description μ, the share of the velocity that is kept.
             * @default 0.9
             */
            momentum?: number;
        };
        NewDatasetInput: {
            /** @description For people; need not be unique. */
            name?: string;
            /** @description What will be uploaded. */
            files: {
                /** @description As specs name it: a relative path of letters, digits, ., _ and -. */
                name: components["schemas"]["ArtifactName"];
                /** @description Bytes; at most 5 GiB. */
                size: number;
                /** @description Of the bytes, in hexadecimal. */
                sha256: string;
            }[];
            /** @description How the files are read, as in the spec of a job. The check then opens them so, and reports on the examples. */
            data?: components["schemas"]["DataInput"];
        };
        NewWebhookInput: {
            /**
             * Format: uri
             * @description Where messages are sent: https, to an address that is not private.
             */
            url: string;
            /**
             * @description What to be told of.
             * @default [
             *       "job.succeeded",
             *       "job.failed",
             *       "job.cancelled"
             *     ]
             */
            events?: components["schemas"]["WebhookEvent"][];
            /** @default  */
            description?: string;
        };
        /** @description Newton’s method on all examples: (H + λI) d = −g; strong Wolfe line search. */
        NewtonUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "newton";
            /**
             * @description λ, which keeps steps short where the loss is flat.
             * @default 0.001
             */
            damping: number;
            /**
             * @description c₁ of the strong Wolfe conditions.
             * @default 0.0001
             */
            sufficientDecrease: number;
            /**
             * @description Most points that a line search looks at.
             * @default 25
             */
            evaluations: number;
        };
        /** @description Newton’s method on all examples: (H + λI) d = −g; strong Wolfe line search. */
        NewtonUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "newton";
            /**
             * @description λ, which keeps steps short where the loss is flat.
             * @default 0.001
             */
            damping?: number;
            /**
             * @description c₁ of the strong Wolfe conditions.
             * @default 0.0001
             */
            sufficientDecrease?: number;
            /**
             * @description Most points that a line search looks at.
             * @default 25
             */
            evaluations?: number;
        };
        /** @description Arrays in two .npy files. */
        NpyData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "npy";
            /** @description An .npy file [examples, …] of float32, float64 or uint8, under the data folder of the service. */
            inputs: string;
            /** @description An .npy file: integers [examples] for classes, floats [examples] or [examples, …] for values. Only what is to be predicted may do without. */
            labels?: string;
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Shape of one example. */
            shape: number[];
            /** @description Number of classes; left out for regression. */
            classes?: number;
            /** @description Shape of one label of a regression; [1] when left out. */
            outputs?: number[];
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description Arrays in two .npy files. */
        NpyDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "npy";
            /** @description An .npy file [examples, …] of float32, float64 or uint8, under the data folder of the service. */
            inputs: string;
            /** @description An .npy file: integers [examples] for classes, floats [examples] or [examples, …] for values. Only what is to be predicted may do without. */
            labels?: string;
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Shape of one example. */
            shape: number[];
            /** @description Number of classes; left out for regression. */
            classes?: number;
            /** @description Shape of one label of a regression; [1] when left out. */
            outputs?: number[];
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description Arrays in one .npz file, as NumPy's savez and savez_compressed write it. */
        NpzData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "npz";
            /** @description Under the data folder of the service. */
            file: string;
            /**
             * @description Name of the array of the inputs.
             * @default x
             */
            inputs: string;
            /**
             * @description Name of the array of the labels; null where there are none, which only a predict job does without.
             * @default y
             */
            labels: string | null;
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Shape of one example. */
            shape: number[];
            /** @description Number of classes; left out for regression. */
            classes?: number;
            /** @description Shape of one label of a regression; [1] when left out. */
            outputs?: number[];
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description Arrays in one .npz file, as NumPy's savez and savez_compressed write it. */
        NpzDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "npz";
            /** @description Under the data folder of the service. */
            file: string;
            /**
             * @description Name of the array of the inputs.
             * @default x
             */
            inputs?: string;
            /**
             * @description Name of the array of the labels; null where there are none, which only a predict job does without.
             * @default y
             */
            labels?: string | null;
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Shape of one example. */
            shape: number[];
            /** @description Number of classes; left out for regression. */
            classes?: number;
            /** @description Shape of one label of a regression; [1] when left out. */
            outputs?: number[];
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description What is measured inside the net on sampled steps. */
        Observations: {
            /**
             * @description Measures at every so many steps; 0 never. `auto`: 50, and rarer in a net so small that 50 steps take no time, but 20 times in a run whose length is known.
             * @default auto
             */
            everySteps: "auto" | number;
            /**
             * @description Records histograms of gradients and outputs too.
             * @default true
             */
            histograms: boolean;
        };
        /**
         * @description What is measured inside the net on sampled steps.
         * @default {}
         */
        ObservationsInput: {
            /**
             * @description Measures at every so many steps; 0 never. `auto`: 50, and rarer in a net so small that 50 steps take no time, but 20 times in a run whose length is known.
             * @default auto
             */
            everySteps?: "auto" | number;
            /**
             * @description Records histograms of gradients and outputs too.
             * @default true
             */
            histograms?: boolean;
        };
        /** @description Rises from `start` to the peak α₀ and falls to `end`, both along a cosine. */
        OneCycleSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "one-cycle";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description Length of the descent, in units of t. */
            length: number;
            /**
             * @description Share of T after which the peak is reached.
             * @default 0.3
             */
            rise: number;
            /** @description The rate at t = 0; α₀/25 when left out. */
            start?: number;
            /** @description The rate from T on; α₀/250,000 when left out. */
            end?: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUp"];
        };
        /** @description Rises from `start` to the peak α₀ and falls to `end`, both along a cosine. */
        OneCycleScheduleInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "one-cycle";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description Length of the descent, in units of t. */
            length: number;
            /**
             * @description Share of T after which the peak is reached.
             * @default 0.3
             */
            rise?: number;
            /** @description The rate at t = 0; α₀/25 when left out. */
            start?: number;
            /** @description The rate from T on; α₀/250,000 when left out. */
            end?: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit?: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUpInput"];
        };
        /** @description L = Σⱼ max(0, Δ − tⱼzⱼ) with tⱼ = ±1, on scores z [classes]; CΔ at chance. */
        OneVsAllHingeLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "one-vs-all-hinge";
            /**
             * @description Δ.
             * @default 1
             */
            margin: number;
            /**
             * @description Squares each term: the L2-SVM.
             * @default false
             */
            squared: boolean;
        };
        /** @description L = Σⱼ max(0, Δ − tⱼzⱼ) with tⱼ = ±1, on scores z [classes]; CΔ at chance. */
        OneVsAllHingeLossInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "one-vs-all-hinge";
            /**
             * @description Δ.
             * @default 1
             */
            margin?: number;
            /**
             * @description Squares each term: the L2-SVM.
             * @default false
             */
            squared?: boolean;
        };
        /** @description A metric of one’s own: `metric(tf, labels, predictions)` of a module. */
        OwnMetric: {
            /**
             * @description Its code is a module of its own.
             * @constant
             */
            type: "module";
            /** @description Text of a TypeScript or JavaScript module, at most 100000 characters. It may import TF.js and nothing else: the command line puts it here in the place of `file`, with what it imports bundled in. */
            code: string;
            /**
             * @description What its errors call the file; the ending says whether it is TypeScript.
             * @default module.ts
             */
            fileName: string;
            /**
             * @description How it takes labels that are classes: rows with a 1 [examples, classes], or whole numbers [examples].
             * @default one-hot
             * @enum {string}
             */
            labels: "one-hot" | "index";
            /**
             * @description Which values are better, where `monitor` is steered by it.
             * @default higher
             * @enum {string}
             */
            better: "higher" | "lower";
        };
        /** @description A metric of one’s own: `metric(tf, labels, predictions)` of a module. */
        OwnMetricInput: {
            /**
             * @description Its code is a module of its own.
             * @constant
             */
            type: "module";
            /** @description Text of a TypeScript or JavaScript module, at most 100000 characters. It may import TF.js and nothing else: the command line puts it here in the place of `file`, with what it imports bundled in. */
            code: string;
            /**
             * @description What its errors call the file; the ending says whether it is TypeScript.
             * @default module.ts
             */
            fileName?: string;
            /**
             * @description How it takes labels that are classes: rows with a 1 [examples, classes], or whole numbers [examples].
             * @default one-hot
             * @enum {string}
             */
            labels?: "one-hot" | "index";
            /**
             * @description Which values are better, where `monitor` is steered by it.
             * @default higher
             * @enum {string}
             */
            better?: "higher" | "lower";
        };
        /** @description A Parquet file. */
        ParquetData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "parquet";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Under the data folder of the service. */
            file: string;
            /** @description Columns of the inputs, in order. */
            features: string[];
            /** @description Column of the label; several for a regression with several outputs. Only what is to be predicted may do without. */
            label?: string | string[];
            /** @description Number of classes 0, 1, 2 …, or the values of the label in the order of the classes; left out for regression. */
            classes?: number | (string | number | boolean)[];
            /**
             * @description Values of the features that are no numbers: each becomes one 0 or 1 a value (one-hot).
             * @default {}
             */
            categories: {
                [key: string]: (string | number | boolean)[];
            };
            /**
             * @description Empty cells: an error, drop the row, or the column's mean over the whole table.
             * @default error
             * @enum {string}
             */
            missing: "error" | "drop" | "mean";
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description A Parquet file. */
        ParquetDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "parquet";
            /** @description The uploaded data set that has the files; they are in the data folder of the service when left out. */
            dataset?: components["schemas"]["DatasetId"];
            /** @description Under the data folder of the service. */
            file: string;
            /** @description Columns of the inputs, in order. */
            features: string[];
            /** @description Column of the label; several for a regression with several outputs. Only what is to be predicted may do without. */
            label?: string | string[];
            /** @description Number of classes 0, 1, 2 …, or the values of the label in the order of the classes; left out for regression. */
            classes?: number | (string | number | boolean)[];
            /**
             * @description Values of the features that are no numbers: each becomes one 0 or 1 a value (one-hot).
             * @default {}
             */
            categories?: {
                [key: string]: (string | number | boolean)[];
            };
            /**
             * @description Empty cells: an error, drop the row, or the column's mean over the whole table.
             * @default error
             * @enum {string}
             */
            missing?: "error" | "drop" | "mean";
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description JSON Patch (RFC 6902) of the spec. */
        Patch: {
            /** @enum {string} */
            op: "add" | "remove" | "replace";
            /** @description JSON pointer into the spec, as in `/schedule/rate`. */
            path: string;
            value?: unknown;
        }[];
        /** @description Axes in another order. */
        PermuteLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "permute";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Which axis comes where, from 1, as in [2, 1]. */
            order: number[];
        };
        /** @description Axes in another order. */
        PermuteLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "permute";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Which axis comes where, from 1, as in [2, 1]. */
            order: number[];
        };
        /**
         * @description How the step is executed; `auto` times graph and xla and takes the faster one.
         * @default auto
         * @enum {string}
         */
        PlanChoice: "auto" | "graph" | "xla" | "eager";
        /** @description How the step is executed, and the timings that decided it. */
        PlanReport: {
            /** @enum {string} */
            plan: "graph" | "xla" | "eager";
            /** @description Why this plan. */
            reason: string;
            /** @description Measured before the run. */
            microsecondsPerStep: {
                [key: string]: number;
            };
            traceSeconds: number;
            compileSeconds: number;
            threads: number;
            /** @description Version of the TensorFlow library. */
            tensorflow: string;
            data?: components["schemas"]["DataPlace"];
        };
        /** @description α is multiplied by `factor` when the validation score stops rising. */
        PlateauSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "plateau";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /**
             * @description What the rate is multiplied by.
             * @default 0.5
             */
            factor: number;
            /**
             * @description Epochs without a better score that are waited out.
             * @default 2
             */
            patience: number;
            /**
             * @description By how much a score has to be better to count.
             * @default 0.0001
             */
            threshold: number;
            /**
             * @description Epochs after a reduction that are not counted.
             * @default 0
             */
            cooldown: number;
            /**
             * @description The rate is never reduced below it.
             * @default 0
             */
            minimum: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUp"];
        };
        /** @description α is multiplied by `factor` when the validation score stops rising. */
        PlateauScheduleInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "plateau";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /**
             * @description What the rate is multiplied by.
             * @default 0.5
             */
            factor?: number;
            /**
             * @description Epochs without a better score that are waited out.
             * @default 2
             */
            patience?: number;
            /**
             * @description By how much a score has to be better to count.
             * @default 0.0001
             */
            threshold?: number;
            /**
             * @description Epochs after a reduction that are not counted.
             * @default 0
             */
            cooldown?: number;
            /**
             * @description The rate is never reduced below it.
             * @default 0
             */
            minimum?: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit?: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUpInput"];
        };
        /** @description L = mean of e^z − y z, z being the logarithm of the rate. */
        PoissonLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "poisson";
        };
        /** @description α(t) = α₁ + (α₀ − α₁)(1 − t/T)^p. */
        PolynomialSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "polynomial";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description Length of the descent, in units of t. */
            length: number;
            /**
             * @description p.
             * @default 1
             */
            power: number;
            /**
             * @description α₁, the rate from T on.
             * @default 0
             */
            end: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUp"];
        };
        /** @description α(t) = α₁ + (α₀ − α₁)(1 − t/T)^p. */
        PolynomialScheduleInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "polynomial";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /** @description Length of the descent, in units of t. */
            length: number;
            /**
             * @description p.
             * @default 1
             */
            power?: number;
            /**
             * @description α₁, the rate from T on.
             * @default 0
             */
            end?: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit?: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUpInput"];
        };
        PredictJob: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "predict";
            id: string;
            name: string | null;
            tags: {
                [key: string]: string;
            };
            state: components["schemas"]["JobState"];
            /** @description Asked of a running job and not yet done. */
            stopping: ("cancel" | "pause") | null;
            /** @description Executions so far. */
            attempt: number;
            plan: components["schemas"]["PlanReport"] | null;
            progress: components["schemas"]["Progress"] | null;
            /** @description Why a job failed. */
            error: components["schemas"]["ErrorDetail"] | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            spec: components["schemas"]["PredictSpec"];
            result: components["schemas"]["PredictResult"] | null;
        };
        PredictResult: {
            examples: number;
            files: number;
            seconds: number;
            /** @description Largest resident set of the runner. */
            peakMemoryBytes: number;
        };
        /** @description Writes the outputs of a trained model, file after file. */
        PredictSpec: {
            /** @constant */
            kind: "predict";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags: {
                [key: string]: string;
            };
            model: components["schemas"]["ModelSource"];
            /** @description Left out: the job's own, of an ensemble the first member's. Scaled and preprocessed as the model was trained, whatever it says of that. */
            data?: components["schemas"]["Data"];
            /**
             * @description Which examples; when left out, `test` of the job's own data, and `all` of others.
             * @enum {string}
             */
            split?: "training" | "validation" | "test" | "all";
            /**
             * @description Of the artifacts `predictions/rows-000000000.csv` …, one row an example in the order of the data.
             * @default csv
             * @enum {string}
             */
            format: "csv" | "jsonl" | "parquet";
            /**
             * @description A file is stored as soon as it is full, so the first can be fetched while others are made.
             * @default 100000
             */
            rowsPerFile: number;
        };
        /** @description Writes the outputs of a trained model, file after file. */
        PredictSpecInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "predict";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
            model: components["schemas"]["ModelSourceInput"];
            /** @description Left out: the job's own, of an ensemble the first member's. Scaled and preprocessed as the model was trained, whatever it says of that. */
            data?: components["schemas"]["DataInput"];
            /**
             * @description Which examples; when left out, `test` of the job's own data, and `all` of others.
             * @enum {string}
             */
            split?: "training" | "validation" | "test" | "all";
            /**
             * @description Of the artifacts `predictions/rows-000000000.csv` …, one row an example in the order of the data.
             * @default csv
             * @enum {string}
             */
            format?: "csv" | "jsonl" | "parquet";
            /**
             * @description A file is stored as soon as it is full, so the first can be fetched while others are made.
             * @default 100000
             */
            rowsPerFile?: number;
        };
        /** @description y = x above 0 and αx below, α being learned for each input (He et al. 2015). */
        PreluLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "prelu";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description What every α starts at.
             * @default 0.25
             */
            initialAlpha: number;
        };
        /** @description y = x above 0 and αx below, α being learned for each input (He et al. 2015). */
        PreluLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "prelu";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /**
             * @description What every α starts at.
             * @default 0.25
             */
            initialAlpha?: number;
        };
        /**
         * @description Transforms of the inputs, fitted on the training split alone.
         * @default []
         */
        Preprocessing: ({
            /** @constant */
            type: "standardize";
        } | {
            /** @constant */
            type: "min-max";
        } | {
            /** @constant */
            type: "mean-image";
        } | {
            /** @constant */
            type: "pca";
            /** @description Eigenvectors kept: the features of an example become so many. */
            components: number;
            /**
             * @description Gives every component the variance 1.
             * @default false
             */
            whiten: boolean;
            /**
             * @description ε of the whitening.
             * @default 0.00001
             */
            epsilon: number;
        } | {
            /** @constant */
            type: "zca";
            /**
             * @description ε.
             * @default 0.00001
             */
            epsilon: number;
        })[];
        /**
         * @description Transforms of the inputs, fitted on the training split alone.
         * @default []
         */
        PreprocessingInput: ({
            /** @constant */
            type: "standardize";
        } | {
            /** @constant */
            type: "min-max";
        } | {
            /** @constant */
            type: "mean-image";
        } | {
            /** @constant */
            type: "pca";
            /** @description Eigenvectors kept: the features of an example become so many. */
            components: number;
            /**
             * @description Gives every component the variance 1.
             * @default false
             */
            whiten?: boolean;
            /**
             * @description ε of the whitening.
             * @default 0.00001
             */
            epsilon?: number;
        } | {
            /** @constant */
            type: "zca";
            /**
             * @description ε.
             * @default 0.00001
             */
            epsilon?: number;
        })[];
        /** @description What the dollars of a forecast are reckoned by; not a quotation. */
        PriceNote: {
            /**
             * Format: date
             * @description Day of the price table.
             */
            asOf: string;
            /** @description Region of AWS that the prices are of; elsewhere they differ. */
            region: string;
            /** @description The table is older than half a year. */
            stale: boolean;
        };
        /** @description RFC 9457 problem document. */
        Problem: {
            code: components["schemas"]["ErrorCode"];
            /** @description One sentence: what was given, what is allowed, the nearest valid choice. */
            message: string;
            /** @description The field at fault, as in `model.layers[2].units`. */
            param: string | null;
            /** @description Whether the same request may succeed later. */
            retryable: boolean;
            /** @description A URI reference that names the kind of problem. */
            type: string;
            title: string;
            status: number;
            /** @description The same as `message`. */
            detail: string;
            /** @description All that is wrong, where more than one thing is. */
            errors: components["schemas"]["ErrorDetail"][];
        };
        Progress: {
            /** @enum {string} */
            phase: "preparing" | "checking" | "training" | "evaluating" | "predicting" | "exporting";
            /** @description Updates done; of the other kinds of job, examples. */
            step: number;
            /** @description Planned; null when only time ends the run. */
            steps: number | null;
            /** @description From 1; 0 before training. */
            epoch: number;
            epochs: number | null;
            /** @description Mean of the last steps. */
            loss: number | null;
            validationLoss: number | null;
            validationScore: number | null;
            microsecondsPerStep: number | null;
            secondsLeft: number | null;
        };
        ProgressMessage: {
            /** @constant */
            type: "progress";
            progress: components["schemas"]["Progress"];
        };
        /** @description From low to high, both possible. */
        Range: {
            low: number;
            high: number;
        };
        /** @description Rises from α₀ to α₁ by equal factors; the run ends with a suggested rate. */
        RangeTestSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "range-test";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /**
             * @description α₁, the rate at T.
             * @default 10
             */
            end: number;
            /** @description Length of the descent, in units of t. */
            length: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUp"];
        };
        /** @description Rises from α₀ to α₁ by equal factors; the run ends with a suggested rate. */
        RangeTestScheduleInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "range-test";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /**
             * @description α₁, the rate at T.
             * @default 10
             */
            end?: number;
            /** @description Length of the descent, in units of t. */
            length: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit?: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUpInput"];
        };
        /** @description Added to the data loss, over the weights of dense and convolutional layers (not biases). */
        Regularization: {
            /**
             * @description λ₁ of λ₁ Σ|w|.
             * @default 0
             */
            l1: number;
            /**
             * @description λ₂ of λ₂ Σw².
             * @default 0
             */
            l2: number;
        };
        /**
         * @description Added to the data loss, over the weights of dense and convolutional layers (not biases).
         * @default {}
         */
        RegularizationInput: {
            /**
             * @description λ₁ of λ₁ Σ|w|.
             * @default 0
             */
            l1?: number;
            /**
             * @description λ₂ of λ₂ Σw².
             * @default 0
             */
            l2?: number;
        };
        /** @description The input so many times: [features] -> [times, features]. */
        RepeatVectorLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "repeat-vector";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            times: number;
        };
        /** @description The input so many times: [features] -> [times, features]. */
        RepeatVectorLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "repeat-vector";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            times: number;
        };
        /** @description The same values in another shape, row by row. */
        ReshapeLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "reshape";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description The new shape. */
            shape: number[];
        };
        /** @description The same values in another shape, row by row. */
        ReshapeLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "reshape";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description The new shape. */
            shape: number[];
        };
        /** @description s ← ρs + (1−ρ)g², w ← w − α g / (√s + ε). */
        RmspropUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "rmsprop";
            /**
             * @description ρ, decay of the running means.
             * @default 0.99
             */
            decay: number;
            /**
             * @description ε, added to the root.
             * @default 1e-8
             */
            epsilon: number;
            /**
             * @description Divides by the deviation of the gradient instead of its root mean square.
             * @default false
             */
            centered: boolean;
            /**
             * @description μ, the share of the velocity that is kept; 0 keeps none.
             * @default 0
             */
            momentum: number;
        };
        /** @description s ← ρs + (1−ρ)g², w ← w − α g / (√s + ε). */
        RmspropUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "rmsprop";
            /**
             * @description ρ, decay of the running means.
             * @default 0.99
             */
            decay?: number;
            /**
             * @description ε, added to the root.
             * @default 1e-8
             */
            epsilon?: number;
            /**
             * @description Divides by the deviation of the gradient instead of its root mean square.
             * @default false
             */
            centered?: boolean;
            /**
             * @description μ, the share of the velocity that is kept; 0 keeps none.
             * @default 0
             */
            momentum?: number;
        };
        /** @description What a run has taken, beside what was forecast. */
        RunCost: {
            /** @description That the last attempt ran on. */
            machine: string;
            /** @description Of all attempts on their machines, from the start of the runner to the end of the job. */
            seconds: number;
            /** @description By the price table, spot machines at the upper end of what they typically cost; null where no machine of the run has a price. */
            dollars: number | null;
            /** @description Made at the start of the first attempt, before its training. */
            forecast: components["schemas"]["Forecast"] | null;
        };
        /** @description The annealing schedule of the learning rate. */
        Schedule: components["schemas"]["ConstantSchedule"] | components["schemas"]["StepSchedule"] | components["schemas"]["MilestonesSchedule"] | components["schemas"]["PlateauSchedule"] | components["schemas"]["ExponentialSchedule"] | components["schemas"]["InverseTimeSchedule"] | components["schemas"]["PolynomialSchedule"] | components["schemas"]["CosineSchedule"] | components["schemas"]["CosineRestartsSchedule"] | components["schemas"]["OneCycleSchedule"] | components["schemas"]["RangeTestSchedule"];
        /** @description The annealing schedule of the learning rate. */
        ScheduleInput: components["schemas"]["ConstantScheduleInput"] | components["schemas"]["StepScheduleInput"] | components["schemas"]["MilestonesScheduleInput"] | components["schemas"]["PlateauScheduleInput"] | components["schemas"]["ExponentialScheduleInput"] | components["schemas"]["InverseTimeScheduleInput"] | components["schemas"]["PolynomialScheduleInput"] | components["schemas"]["CosineScheduleInput"] | components["schemas"]["CosineRestartsScheduleInput"] | components["schemas"]["OneCycleScheduleInput"] | components["schemas"]["RangeTestScheduleInput"];
        /** @description A depthwise convolution, then one of 1 x 1 over the channels. */
        SeparableConv2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "separable-conv2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Number of output channels. */
            filters: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding: "same" | "valid";
            /** @default linear */
            activation: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias: number;
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
            /** @description Height and width of the kernel. */
            kernelSize: [
                number,
                number
            ];
            /**
             * @description Step of the window, the same along both axes.
             * @default [
             *       1,
             *       1
             *     ]
             */
            strides: [
                number,
                number
            ];
            /**
             * @description Depthwise kernels a channel.
             * @default 1
             */
            depthMultiplier: number;
        };
        /** @description A depthwise convolution, then one of 1 x 1 over the channels. */
        SeparableConv2dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "separable-conv2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Number of output channels. */
            filters: number;
            /**
             * @description `same` pads with zeros so that stride 1 keeps all lengths; `valid` doesn't pad.
             * @default valid
             * @enum {string}
             */
            padding?: "same" | "valid";
            /** @default linear */
            activation?: components["schemas"]["Activation"];
            /**
             * @description Adds one number an output.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description What the bias starts at.
             * @default 0
             */
            initialBias?: number;
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
            /** @description Height and width of the kernel. */
            kernelSize: number | [
                number,
                number
            ];
            /** @description Step of the window, the same along both axes. */
            strides?: number | [
                number,
                number
            ];
            /**
             * @description Depthwise kernels a channel.
             * @default 1
             */
            depthMultiplier?: number;
        };
        Series: {
            /** @description Last step of each point, from 1. */
            step: number[];
            /** @description Mean over the steps of the point; null where not finite. */
            value: (number | null)[];
            min: (number | null)[];
            max: (number | null)[];
        };
        /** @description Quasi-Newton on fixed minibatches: a quadratic model of each, and steps to the minimum of their sum. */
        SfoUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "sfo";
            /** @description N, parts of the training split. Left out: √n / 10 for n examples, as the authors advise, but at least 25, below which they saw it do worse, and at most n. */
            minibatches?: number;
            /**
             * @description Changes of its gradient that a minibatch remembers.
             * @default 10
             */
            history: number;
            /**
             * @description Most directions of the shared subspace, as a multiple of 2N + 2; what is older is dropped.
             * @default 1.5
             */
            subspace: number;
            /**
             * @description The next minibatch: `distance`, the one whose last look is farthest away as H measures it (the paper’s); `own-distance`, as its own Hessian does; `distance-both`, one or the other by a coin (the authors’ program); at random; in turn.
             * @default distance-both
             * @enum {string}
             */
            selection: "distance-both" | "distance" | "own-distance" | "random" | "cyclic";
            /**
             * @description λ of the first minibatches until they have been looked at twice: large, so that the first step is short.
             * @default 100000
             */
            initialCurvature: number;
            /**
             * @description Minibatches in use at the start.
             * @default 2
             */
            initialMinibatches: number;
            /**
             * @description One more minibatch is used when the standard error of the mean gradient is above so many times its length.
             * @default 1
             */
            gradientNoise: number;
            /**
             * @description Longest step, as a multiple of the mean one; from the second epoch on.
             * @default 10
             */
            longestStep: number;
            /**
             * @description Shortest step, ‖Δw‖: a shorter one tells nothing about curvature for rounding.
             * @default 1e-8
             */
            shortestStep: number;
        };
        /** @description Quasi-Newton on fixed minibatches: a quadratic model of each, and steps to the minimum of their sum. */
        SfoUpdateInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "sfo";
            /** @description N, parts of the training split. Left out: √n / 10 for n examples, as the authors advise, but at least 25, below which they saw it do worse, and at most n. */
            minibatches?: number;
            /**
             * @description Changes of its gradient that a minibatch remembers.
             * @default 10
             */
            history?: number;
            /**
             * @description Most directions of the shared subspace, as a multiple of 2N + 2; what is older is dropped.
             * @default 1.5
             */
            subspace?: number;
            /**
             * @description The next minibatch: `distance`, the one whose last look is farthest away as H measures it (the paper’s); `own-distance`, as its own Hessian does; `distance-both`, one or the other by a coin (the authors’ program); at random; in turn.
             * @default distance-both
             * @enum {string}
             */
            selection?: "distance-both" | "distance" | "own-distance" | "random" | "cyclic";
            /**
             * @description λ of the first minibatches until they have been looked at twice: large, so that the first step is short.
             * @default 100000
             */
            initialCurvature?: number;
            /**
             * @description Minibatches in use at the start.
             * @default 2
             */
            initialMinibatches?: number;
            /**
             * @description One more minibatch is used when the standard error of the mean gradient is above so many times its length.
             * @default 1
             */
            gradientNoise?: number;
            /**
             * @description Longest step, as a multiple of the mean one; from the second epoch on.
             * @default 10
             */
            longestStep?: number;
            /**
             * @description Shortest step, ‖Δw‖: a shorter one tells nothing about curvature for rounding.
             * @default 1e-8
             */
            shortestStep?: number;
        };
        /** @description w ← w − αg. */
        SgdUpdate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            rule: "sgd";
        };
        /** @description L = −mean [ p y log σ(z) + (1−y) log(1−σ(z)) ], on logits z, labels 0 to 1; ln 2 at chance. */
        SigmoidCrossEntropyLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sigmoid-cross-entropy";
            /**
             * @description p, what a positive label weighs: above 1 where they are rare.
             * @default 1
             */
            positiveWeight: number;
        };
        /** @description L = −mean [ p y log σ(z) + (1−y) log(1−σ(z)) ], on logits z, labels 0 to 1; ln 2 at chance. */
        SigmoidCrossEntropyLossInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sigmoid-cross-entropy";
            /**
             * @description p, what a positive label weighs: above 1 where they are rare.
             * @default 1
             */
            positiveWeight?: number;
        };
        /** @description h = tanh(Wx + Uh + b) over the steps of [steps, features]. */
        SimpleRnnLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "simple-rnn";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Length of h. */
            units: number;
            /**
             * @description Gives h of every step, [steps, units], instead of the last.
             * @default false
             */
            returnSequences: boolean;
            /**
             * @description In the place of tanh.
             * @default tanh
             */
            activation: components["schemas"]["Activation"];
            /**
             * @description In the place of σ, in the gates.
             * @default sigmoid
             */
            recurrentActivation: components["schemas"]["Activation"];
            /**
             * @description Adds b.
             * @default true
             */
            bias: boolean;
            initializer: components["schemas"]["Initializer"];
            /**
             * @description How U starts.
             * @default orthogonal
             */
            recurrentInitializer: ("glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "calibrated" | "orthogonal" | "zeros" | "ones") | ({
                /** @constant */
                type: "constant";
                value: number;
            } | {
                /** @constant */
                type: "normal";
                deviation: number;
            } | {
                /** @constant */
                type: "uniform";
                bound: number;
            });
            regularization?: components["schemas"]["KernelRegularization"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description h = tanh(Wx + Uh + b) over the steps of [steps, features]. */
        SimpleRnnLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "simple-rnn";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Length of h. */
            units: number;
            /**
             * @description Gives h of every step, [steps, units], instead of the last.
             * @default false
             */
            returnSequences?: boolean;
            /**
             * @description In the place of tanh.
             * @default tanh
             */
            activation?: components["schemas"]["Activation"];
            /**
             * @description In the place of σ, in the gates.
             * @default sigmoid
             */
            recurrentActivation?: components["schemas"]["Activation"];
            /**
             * @description Adds b.
             * @default true
             */
            bias?: boolean;
            initializer?: components["schemas"]["Initializer"];
            /**
             * @description How U starts.
             * @default orthogonal
             */
            recurrentInitializer?: ("glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "calibrated" | "orthogonal" | "zeros" | "ones") | ({
                /** @constant */
                type: "constant";
                value: number;
            } | {
                /** @constant */
                type: "normal";
                deviation: number;
            } | {
                /** @constant */
                type: "uniform";
                bound: number;
            });
            regularization?: components["schemas"]["KernelRegularizationInput"];
            constraint?: components["schemas"]["Constraint"];
        };
        /** @description L = −log softmax(z)[y], on logits z [classes]; ln C at chance. */
        SoftmaxCrossEntropyLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "softmax-cross-entropy";
            /**
             * @description s, the share of the label that is spread over all classes.
             * @default 0
             */
            labelSmoothing: number;
            /** @description A weight for each class; all 1 when left out. */
            classWeights?: number[];
        };
        /** @description L = −log softmax(z)[y], on logits z [classes]; ln C at chance. */
        SoftmaxCrossEntropyLossInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "softmax-cross-entropy";
            /**
             * @description s, the share of the label that is spread over all classes.
             * @default 0
             */
            labelSmoothing?: number;
            /** @description A weight for each class; all 1 when left out. */
            classWeights?: number[];
        };
        /** @description Dropout of whole channels: one draw for all steps of [steps, channels] (Tompson et al. 2015). */
        SpatialDropout1dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "spatial-dropout1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Share of the channels set to 0. */
            rate: number;
        };
        /** @description Dropout of whole channels: one draw for all steps of [steps, channels] (Tompson et al. 2015). */
        SpatialDropout1dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "spatial-dropout1d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Share of the channels set to 0. */
            rate: number;
        };
        /** @description What to do. */
        SpecInput: components["schemas"]["TrainSpecInput"] | components["schemas"]["CheckSpecInput"] | components["schemas"]["EvaluateSpecInput"] | components["schemas"]["PredictSpecInput"] | components["schemas"]["EnsembleSpecInput"] | components["schemas"]["InspectSpecInput"];
        /** @description Seeded, disjoint training, validation and test splits. */
        Split: {
            /**
             * @description Share of the training examples held out to validate on.
             * @default 0.1
             */
            validation: number;
            /** @description Share of all examples held out for the final test; the data set's own test set when left out. */
            test?: number;
            /** @description One fold of a k-fold cross-validation, in the place of the share `validation`: k jobs that differ in `index` validate on every training example once. */
            fold?: {
                /** @description k, parts of the training examples, as equal as can be. */
                of: number;
                /** @description Which of them validates, 0 to k − 1. */
                index: number;
            };
            /** @description Decides the splits; the job's own seed when left out. Jobs to be compared or averaged should have the same. */
            seed?: number;
        };
        /**
         * @description Seeded, disjoint training, validation and test splits.
         * @default {}
         */
        SplitInput: {
            /**
             * @description Share of the training examples held out to validate on.
             * @default 0.1
             */
            validation?: number;
            /** @description Share of all examples held out for the final test; the data set's own test set when left out. */
            test?: number;
            /** @description One fold of a k-fold cross-validation, in the place of the share `validation`: k jobs that differ in `index` validate on every training example once. */
            fold?: {
                /** @description k, parts of the training examples, as equal as can be. */
                of: number;
                /** @description Which of them validates, 0 to k − 1. */
                index: number;
            };
            /** @description Decides the splits; the job's own seed when left out. Jobs to be compared or averaged should have the same. */
            seed?: number;
        };
        /** @description α(t) = α₀ · factor^⌊t/every⌋. */
        StepSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "step";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /**
             * @description What the rate is multiplied by.
             * @default 0.5
             */
            factor: number;
            /** @description How many units of t pass between two multiplications. */
            every: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUp"];
        };
        /** @description α(t) = α₀ · factor^⌊t/every⌋. */
        StepScheduleInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "step";
            /** @description α₀, the learning rate at t = 0. */
            rate: number;
            /**
             * @description What the rate is multiplied by.
             * @default 0.5
             */
            factor?: number;
            /** @description How many units of t pass between two multiplications. */
            every: number;
            /**
             * @description What t counts.
             * @default epochs
             * @enum {string}
             */
            unit?: "steps" | "epochs";
            warmUp?: components["schemas"]["WarmUpInput"];
        };
        StreamEnd: {
            /** @constant */
            type: "end";
            /** @enum {string} */
            state: "succeeded" | "failed" | "cancelled";
        };
        /** @description A spiral galaxy of three arms in the plane: CS231n's toy set. */
        ThreeArmSpiralData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "three-arm-spiral";
            /**
             * @description Examples, equally many a class.
             * @default 600
             */
            rows: number;
            /**
             * @description Deviation of the angle.
             * @default 0.2
             */
            noise: number;
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description A spiral galaxy of three arms in the plane: CS231n's toy set. */
        ThreeArmSpiralDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "three-arm-spiral";
            /**
             * @description Examples, equally many a class.
             * @default 600
             */
            rows?: number;
            /**
             * @description Deviation of the angle.
             * @default 0.2
             */
            noise?: number;
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        TrainJob: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "train";
            id: string;
            name: string | null;
            tags: {
                [key: string]: string;
            };
            state: components["schemas"]["JobState"];
            /** @description Asked of a running job and not yet done. */
            stopping: ("cancel" | "pause") | null;
            /** @description Executions so far. */
            attempt: number;
            plan: components["schemas"]["PlanReport"] | null;
            progress: components["schemas"]["Progress"] | null;
            /** @description Why a job failed. */
            error: components["schemas"]["ErrorDetail"] | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            spec: components["schemas"]["TrainSpec"];
            result: components["schemas"]["TrainResult"] | null;
        };
        TrainResult: {
            steps: number;
            epochs: number;
            /** @description Training and evaluation, without set-up and checks. */
            trainSeconds: number;
            /** @description Median over the steps. */
            microsecondsPerStep: number;
            /** @enum {string} */
            stoppedBy: "epochs" | "steps" | "seconds" | "early-stopping" | "range-test" | "converged" | "dollars";
            parameters: number;
            validation: {
                loss: number;
                /** @description Accuracy for classes, −loss for regression. */
                score: number;
            } | null;
            test: {
                loss: number;
                /** @description Accuracy for classes, −loss for regression. */
                score: number;
            } | null;
            /** @description Of the running average of the parameters at the end; null where none was asked for. */
            average: {
                validation: {
                    loss: number;
                    /** @description Accuracy for classes, −loss for regression. */
                    score: number;
                } | null;
                test: {
                    loss: number;
                    /** @description Accuracy for classes, −loss for regression. */
                    score: number;
                } | null;
            } | null;
            /** @description Of the best weights; null where one model was trained. */
            ensemble: {
                /** @description Each alone. */
                members: {
                    validation: {
                        loss: number;
                        /** @description Accuracy for classes, −loss for regression. */
                        score: number;
                    } | null;
                    test: {
                        loss: number;
                        /** @description Accuracy for classes, −loss for regression. */
                        score: number;
                    } | null;
                }[];
                /** @description Classes: share of pairs of members that answer differently, mean over the examples. Numbers: standard deviation of what is averaged, mean over the examples. */
                disagreement: number;
            } | null;
            best: {
                checkpoint: string;
                step: number;
                /** @description By `monitor`. */
                score: number;
            } | null;
            /** @description Largest resident set of the runner. */
            peakMemoryBytes: number;
            submitToFirstStepSeconds: number;
            /** @description Forecast against actual; null for a job that ran before there were forecasts, or whose record of its attempts is gone. */
            cost: components["schemas"]["RunCost"] | null;
        };
        /** @description Trains one model. */
        TrainSpec: {
            /** @constant */
            kind: "train";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags: {
                [key: string]: string;
            };
            /**
             * @description Of splits, initial weights, batch order and dropout: the same seed gives the same bits.
             * @default 1
             */
            seed: number;
            data: components["schemas"]["Data"];
            augmentation: components["schemas"]["Augmentation"];
            model: components["schemas"]["Model"];
            loss: components["schemas"]["Loss"];
            regularization: components["schemas"]["Regularization"];
            update: components["schemas"]["Update"];
            schedule: components["schemas"]["Schedule"];
            /** @description Anneals the momentum of the update rule, from `rate` at t = 0; the rules momentum and nesterov take one. */
            momentumSchedule?: components["schemas"]["Schedule"];
            clip?: components["schemas"]["Clipping"];
            weightDecay?: components["schemas"]["WeightDecay"];
            averaging?: components["schemas"]["Averaging"];
            ensemble?: components["schemas"]["TrainedEnsemble"];
            /**
             * @description Examples a step; the last step of an epoch trains the remainder.
             * @default 64
             */
            batchSize: number;
            /**
             * @description Batches whose gradients are averaged before each update: a step trains batchSize · accumulate examples in the memory of one batch.
             * @default 1
             */
            accumulate: number;
            budget: components["schemas"]["Budget"];
            /** @description Metrics of one’s own, by name: measured on the validation split after every epoch, and in `scores.json`. */
            metrics?: {
                [key: string]: components["schemas"]["OwnMetric"];
            };
            monitor: components["schemas"]["Monitor"];
            earlyStopping?: components["schemas"]["EarlyStopping"];
            checkpoints: components["schemas"]["Checkpointing"];
            observations: components["schemas"]["Observations"];
            plan: components["schemas"]["PlanChoice"];
            /**
             * @description Sanity checks before the run; `off` is recorded.
             * @default on
             * @enum {string}
             */
            checks: "on" | "off";
            /**
             * @description What a failed check does to the run.
             * @default warn
             * @enum {string}
             */
            onCheckFailure: "warn" | "stop";
            /**
             * @description At the end of a run that went wrong, trains with the patches of up to three causes for a twentieth of its steps each, and ranks the causes by what that shows.
             * @default off
             * @enum {string}
             */
            experiments: "off" | "on";
            /**
             * @description What a cause that the diagnosis is sure of does to a run that goes on: told only; paused, to be resumed or cancelled; failed with `stopped_by_diagnosis`. A checkpoint is kept either way.
             * @default warn
             * @enum {string}
             */
            onDiagnosis: "warn" | "pause" | "stop";
        };
        /** @description Trains one model. */
        TrainSpecInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "train";
            /** @description For people; need not be unique. */
            name?: string;
            /**
             * @description For filters.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * @description Of splits, initial weights, batch order and dropout: the same seed gives the same bits.
             * @default 1
             */
            seed?: number;
            data: components["schemas"]["DataInput"];
            augmentation?: components["schemas"]["AugmentationInput"];
            model: components["schemas"]["ModelInput"];
            loss: components["schemas"]["LossInput"];
            regularization?: components["schemas"]["RegularizationInput"];
            update: components["schemas"]["UpdateInput"];
            schedule: components["schemas"]["ScheduleInput"];
            /** @description Anneals the momentum of the update rule, from `rate` at t = 0; the rules momentum and nesterov take one. */
            momentumSchedule?: components["schemas"]["ScheduleInput"];
            clip?: components["schemas"]["Clipping"];
            weightDecay?: components["schemas"]["WeightDecayInput"];
            averaging?: components["schemas"]["AveragingInput"];
            ensemble?: components["schemas"]["TrainedEnsembleInput"];
            /**
             * @description Examples a step; the last step of an epoch trains the remainder.
             * @default 64
             */
            batchSize?: number;
            /**
             * @description Batches whose gradients are averaged before each update: a step trains batchSize · accumulate examples in the memory of one batch.
             * @default 1
             */
            accumulate?: number;
            budget: components["schemas"]["Budget"];
            /** @description Metrics of one’s own, by name: measured on the validation split after every epoch, and in `scores.json`. */
            metrics?: {
                [key: string]: components["schemas"]["OwnMetricInput"];
            };
            monitor?: components["schemas"]["Monitor"];
            earlyStopping?: components["schemas"]["EarlyStoppingInput"];
            checkpoints?: components["schemas"]["CheckpointingInput"];
            observations?: components["schemas"]["ObservationsInput"];
            plan?: components["schemas"]["PlanChoice"];
            /**
             * @description Sanity checks before the run; `off` is recorded.
             * @default on
             * @enum {string}
             */
            checks?: "on" | "off";
            /**
             * @description What a failed check does to the run.
             * @default warn
             * @enum {string}
             */
            onCheckFailure?: "warn" | "stop";
            /**
             * @description At the end of a run that went wrong, trains with the patches of up to three causes for a twentieth of its steps each, and ranks the causes by what that shows.
             * @default off
             * @enum {string}
             */
            experiments?: "off" | "on";
            /**
             * @description What a cause that the diagnosis is sure of does to a run that goes on: told only; paused, to be resumed or cancelled; failed with `stopped_by_diagnosis`. A checkpoint is kept either way.
             * @default warn
             * @enum {string}
             */
            onDiagnosis?: "warn" | "pause" | "stop";
        };
        /** @description Trains M models side by side in one compiled step, on the same batches, each with its own initial weights, dropout and gradient, as if alone; losses are means over them, validation and test judge their common answer. Exported as one model. */
        TrainedEnsemble: {
            /** @description M, models of the same layers with initial weights of their own. */
            members: number;
            /**
             * @description What is averaged in their answer.
             * @default probabilities
             * @enum {string}
             */
            average: "probabilities" | "logits";
        };
        /** @description Trains M models side by side in one compiled step, on the same batches, each with its own initial weights, dropout and gradient, as if alone; losses are means over them, validation and test judge their common answer. Exported as one model. */
        TrainedEnsembleInput: {
            /** @description M, models of the same layers with initial weights of their own. */
            members: number;
            /**
             * @description What is averaged in their answer.
             * @default probabilities
             * @enum {string}
             */
            average?: "probabilities" | "logits";
        };
        /** @description Two spirals in the plane, three turns each, one inside the other (Lang & Witbrock 1988). */
        TwoSpiralsData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "two-spirals";
            /**
             * @description Examples, equally many a class.
             * @default 600
             */
            rows: number;
            /**
             * @description Deviation of the points from their spiral.
             * @default 0.02
             */
            noise: number;
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description Two spirals in the plane, three turns each, one inside the other (Lang & Witbrock 1988). */
        TwoSpiralsDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "two-spirals";
            /**
             * @description Examples, equally many a class.
             * @default 600
             */
            rows?: number;
            /**
             * @description Deviation of the points from their spiral.
             * @default 0.02
             */
            noise?: number;
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description Every pixel repeated: [height, width, channels] -> [height · factor, width · factor, channels]. */
        UpSampling2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "up-sampling2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /**
             * @description How many times higher and wider.
             * @default [
             *       2,
             *       2
             *     ]
             */
            factor: [
                number,
                number
            ];
        };
        /** @description Every pixel repeated: [height, width, channels] -> [height · factor, width · factor, channels]. */
        UpSampling2dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "up-sampling2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description How many times higher and wider. */
            factor?: number | [
                number,
                number
            ];
        };
        /** @description The update rule: what turns a gradient into a change of the parameters. */
        Update: components["schemas"]["SgdUpdate"] | components["schemas"]["MomentumUpdate"] | components["schemas"]["NesterovUpdate"] | components["schemas"]["AdagradUpdate"] | components["schemas"]["RmspropUpdate"] | components["schemas"]["AdadeltaUpdate"] | components["schemas"]["AdamUpdate"] | components["schemas"]["AdamwUpdate"] | components["schemas"]["AmsgradUpdate"] | components["schemas"]["NadamUpdate"] | components["schemas"]["LionUpdate"] | components["schemas"]["ModuleUpdate"] | components["schemas"]["LBfgsUpdate"] | components["schemas"]["ConjugateGradientUpdate"] | components["schemas"]["NewtonUpdate"] | components["schemas"]["SfoUpdate"];
        /** @description The update rule: what turns a gradient into a change of the parameters. */
        UpdateInput: components["schemas"]["SgdUpdate"] | components["schemas"]["MomentumUpdateInput"] | components["schemas"]["NesterovUpdateInput"] | components["schemas"]["AdagradUpdateInput"] | components["schemas"]["RmspropUpdateInput"] | components["schemas"]["AdadeltaUpdateInput"] | components["schemas"]["AdamUpdateInput"] | components["schemas"]["AdamwUpdateInput"] | components["schemas"]["AmsgradUpdateInput"] | components["schemas"]["NadamUpdateInput"] | components["schemas"]["LionUpdateInput"] | components["schemas"]["ModuleUpdateInput"] | components["schemas"]["LBfgsUpdateInput"] | components["schemas"]["ConjugateGradientUpdateInput"] | components["schemas"]["NewtonUpdateInput"] | components["schemas"]["SfoUpdateInput"];
        /** @description The spec can be run as written. */
        ValidationReport: {
            /** @constant */
            valid: true;
            /** @description Of what is trained; none for jobs that train nothing. */
            layers: components["schemas"]["LayerReport"][];
            /** @description Of all layers. */
            parameters: number;
            /** @description Estimated peak memory of the runner. */
            memoryBytes: number;
            /** @description null where the number of examples is not known before the run. */
            stepsPerEpoch: number | null;
            /** @description Floating-point operations of the matrix products and convolutions of a step, forwards and backwards; null with `stepsPerEpoch`. */
            flopsPerStep: number | null;
            /** @description Names of layers of one’s own: what they compute is known only when the run records it, so `flopsPerStep` and the forecast leave it out. */
            uncountedLayers: string[];
            /** @description For each kind of machine that jobs of the service run on; null with a reason in `forecastReason`. */
            forecast: components["schemas"]["Forecast"][] | null;
            /** @description Why there is no forecast. */
            forecastReason: string | null;
            /** @description null where no machine has a price. */
            prices: components["schemas"]["PriceNote"] | null;
        };
        /** @description Weights to start from instead of random ones. */
        WarmStart: {
            /** @description A `weights.safetensors` of another job, or a `model.json` of TF.js or of the TensorFlow.js converter with its weight files beside it; under the data folder of the service. */
            file: string;
            /** @description Names of the layers that start from it; all of them when left out. The others start as their initialisers say. */
            layers?: string[];
        };
        /** @description Raises the rate to α₀ in a straight line before the schedule starts. */
        WarmUp: {
            /** @description Steps or epochs, as the unit of the schedule says. */
            length: number;
            /**
             * @description Share of α₀ that the warm-up starts from.
             * @default 0
             */
            from: number;
        };
        /** @description Raises the rate to α₀ in a straight line before the schedule starts. */
        WarmUpInput: {
            /** @description Steps or epochs, as the unit of the schedule says. */
            length: number;
            /**
             * @description Share of α₀ that the warm-up starts from.
             * @default 0
             */
            from?: number;
        };
        /** @description Who is told of what becomes of jobs. */
        Webhook: {
            id: string;
            url: string;
            events: components["schemas"]["WebhookEvent"][];
            description: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Since when messages could not be delivered, and why the last one could not; null once one has been. */
            failing: {
                /** Format: date-time */
                since: string;
                reason: string;
            } | null;
        };
        /**
         * @description The state that a job has come into.
         * @enum {string}
         */
        WebhookEvent: "job.queued" | "job.starting" | "job.running" | "job.paused" | "job.succeeded" | "job.failed" | "job.cancelled";
        WebhookList: {
            items: components["schemas"]["Webhook"][];
        };
        /** @description The body of a message; its id, time and signature are in its headers. */
        WebhookMessage: {
            type: components["schemas"]["WebhookEvent"];
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                id: string;
                kind: components["schemas"]["JobKind"];
                name: string | null;
                tags: {
                    [key: string]: string;
                };
                state: components["schemas"]["JobState"];
                reason: string | null;
                error: components["schemas"]["ErrorDetail"] | null;
                /** @description Number of the event among those of the job: messages may come out of order. */
                seq: number;
            };
        };
        WebhookWithSecret: {
            id: string;
            url: string;
            events: components["schemas"]["WebhookEvent"][];
            description: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Since when messages could not be delivered, and why the last one could not; null once one has been. */
            failing: {
                /** Format: date-time */
                since: string;
                reason: string;
            } | null;
            /** @description What messages are signed with; told only here. */
            secret: string;
        };
        /** @description Draws the weights of dense and convolutional layers towards 0. */
        WeightDecay: {
            /** @description λ. */
            strength: number;
            /**
             * @description Beside the rule, or through its gradient.
             * @default decoupled
             * @enum {string}
             */
            type: "decoupled" | "coupled";
        };
        /** @description Draws the weights of dense and convolutional layers towards 0. */
        WeightDecayInput: {
            /** @description λ. */
            strength: number;
            /**
             * @description Beside the rule, or through its gradient.
             * @default decoupled
             * @enum {string}
             */
            type?: "decoupled" | "coupled";
        };
        /** @description L = Σ_{j≠y} max(0, z_j − z_y + Δ), on scores z [classes]; Δ(C−1) at chance. */
        WestonWatkinsLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "weston-watkins";
            /**
             * @description Δ.
             * @default 1
             */
            margin: number;
            /**
             * @description Squares each term: the L2-SVM.
             * @default false
             */
            squared: boolean;
        };
        /** @description L = Σ_{j≠y} max(0, z_j − z_y + Δ), on scores z [classes]; Δ(C−1) at chance. */
        WestonWatkinsLossInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "weston-watkins";
            /**
             * @description Δ.
             * @default 1
             */
            margin?: number;
            /**
             * @description Squares each term: the L2-SVM.
             * @default false
             */
            squared?: boolean;
        };
        /** @description 178 rows of 13 features: chemical analyses of wines of three cultivars (Forina et al. 1988). */
        WineData: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "wine";
            split: components["schemas"]["Split"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale: "unit" | "standardize" | "none";
            preprocessing: components["schemas"]["Preprocessing"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes: number;
        };
        /** @description 178 rows of 13 features: chemical analyses of wines of three cultivars (Forina et al. 1988). */
        WineDataInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "wine";
            split?: components["schemas"]["SplitInput"];
            /**
             * @description `unit`: x / 255 for bytes. `standardize`: (x − mean) / deviation of the training split, one pair for all inputs. `none`: as stored.
             * @default none
             * @enum {string}
             */
            scale?: "unit" | "standardize" | "none";
            preprocessing?: components["schemas"]["PreprocessingInput"];
            /** @description Uses only the first so many examples of the shuffled set: for quick trials. */
            limit?: number;
            /**
             * @description Where the examples lie: in memory, or in a file that they are read from ahead of the steps. `auto` streams where the decoded examples would pass 1/8 of the memory that a runner may use; tables, npy, idx and images can.
             * @default auto
             * @enum {string}
             */
            streaming?: "auto" | "always" | "never";
            /**
             * @description MiB of streamed examples that are in memory and shuffled together: blocks of 1/1024 of it are drawn from all over the file. About six times as much memory is in use.
             * @default 64
             */
            windowMebibytes?: number;
        };
        /** @description Zeros around the image. */
        ZeroPadding2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "zero-padding2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier: number;
            /** @description Rows and columns at the top, bottom, left and right. */
            edges: [
                number,
                number,
                number,
                number
            ];
        };
        /** @description Zeros around the image. */
        ZeroPadding2dLayerInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "zero-padding2d";
            /** @description Name of the layer in metrics and weights; made from its type and place when left out. */
            name?: string;
            /** @description Names of the layers it takes its input from, or `input`; the layer before it when left out. */
            inputs?: string[];
            /**
             * @description Its weights are not trained.
             * @default false
             */
            frozen?: boolean;
            /**
             * @description Multiplies the learning rate of its weights.
             * @default 1
             */
            rateMultiplier?: number;
            /** @description Rows and columns at the top, bottom, left and right. */
            edges: [
                number,
                number,
                number,
                number
            ];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Activation = components['schemas']['Activation'];
export type ActivationLayer = components['schemas']['ActivationLayer'];
export type ActivationLayerInput = components['schemas']['ActivationLayerInput'];
export type AdadeltaUpdate = components['schemas']['AdadeltaUpdate'];
export type AdadeltaUpdateInput = components['schemas']['AdadeltaUpdateInput'];
export type AdagradUpdate = components['schemas']['AdagradUpdate'];
export type AdagradUpdateInput = components['schemas']['AdagradUpdateInput'];
export type AdamUpdate = components['schemas']['AdamUpdate'];
export type AdamUpdateInput = components['schemas']['AdamUpdateInput'];
export type AdamwUpdate = components['schemas']['AdamwUpdate'];
export type AdamwUpdateInput = components['schemas']['AdamwUpdateInput'];
export type AddLayer = components['schemas']['AddLayer'];
export type AddLayerInput = components['schemas']['AddLayerInput'];
export type AlphaDropoutLayer = components['schemas']['AlphaDropoutLayer'];
export type AlphaDropoutLayerInput = components['schemas']['AlphaDropoutLayerInput'];
export type AmsgradUpdate = components['schemas']['AmsgradUpdate'];
export type AmsgradUpdateInput = components['schemas']['AmsgradUpdateInput'];
export type ArtifactList = components['schemas']['ArtifactList'];
export type ArtifactName = components['schemas']['ArtifactName'];
export type Augmentation = components['schemas']['Augmentation'];
export type AugmentationInput = components['schemas']['AugmentationInput'];
export type AverageLayer = components['schemas']['AverageLayer'];
export type AverageLayerInput = components['schemas']['AverageLayerInput'];
export type AveragePooling1dLayer = components['schemas']['AveragePooling1dLayer'];
export type AveragePooling1dLayerInput = components['schemas']['AveragePooling1dLayerInput'];
export type AveragePooling2dLayer = components['schemas']['AveragePooling2dLayer'];
export type AveragePooling2dLayerInput = components['schemas']['AveragePooling2dLayerInput'];
export type AveragePooling3dLayer = components['schemas']['AveragePooling3dLayer'];
export type AveragePooling3dLayerInput = components['schemas']['AveragePooling3dLayerInput'];
export type Averaging = components['schemas']['Averaging'];
export type AveragingInput = components['schemas']['AveragingInput'];
export type BatchNormalizationLayer = components['schemas']['BatchNormalizationLayer'];
export type BatchNormalizationLayerInput = components['schemas']['BatchNormalizationLayerInput'];
export type BidirectionalLayer = components['schemas']['BidirectionalLayer'];
export type BidirectionalLayerInput = components['schemas']['BidirectionalLayerInput'];
export type BreastCancerData = components['schemas']['BreastCancerData'];
export type BreastCancerDataInput = components['schemas']['BreastCancerDataInput'];
export type Budget = components['schemas']['Budget'];
export type CheckJob = components['schemas']['CheckJob'];
export type CheckName = components['schemas']['CheckName'];
export type CheckResult = components['schemas']['CheckResult'];
export type CheckSpec = components['schemas']['CheckSpec'];
export type CheckSpecInput = components['schemas']['CheckSpecInput'];
export type Checkpoint = components['schemas']['Checkpoint'];
export type CheckpointList = components['schemas']['CheckpointList'];
export type Checkpointing = components['schemas']['Checkpointing'];
export type CheckpointingInput = components['schemas']['CheckpointingInput'];
export type Cifar10Data = components['schemas']['Cifar10Data'];
export type Cifar10DataInput = components['schemas']['Cifar10DataInput'];
export type CifarData = components['schemas']['CifarData'];
export type CifarDataInput = components['schemas']['CifarDataInput'];
export type Clipping = components['schemas']['Clipping'];
export type ConcatenateLayer = components['schemas']['ConcatenateLayer'];
export type ConcatenateLayerInput = components['schemas']['ConcatenateLayerInput'];
export type ConjugateGradientUpdate = components['schemas']['ConjugateGradientUpdate'];
export type ConjugateGradientUpdateInput = components['schemas']['ConjugateGradientUpdateInput'];
export type ConstantSchedule = components['schemas']['ConstantSchedule'];
export type ConstantScheduleInput = components['schemas']['ConstantScheduleInput'];
export type Constraint = components['schemas']['Constraint'];
export type Conv1dLayer = components['schemas']['Conv1dLayer'];
export type Conv1dLayerInput = components['schemas']['Conv1dLayerInput'];
export type Conv2dLayer = components['schemas']['Conv2dLayer'];
export type Conv2dLayerInput = components['schemas']['Conv2dLayerInput'];
export type Conv2dTransposeLayer = components['schemas']['Conv2dTransposeLayer'];
export type Conv2dTransposeLayerInput = components['schemas']['Conv2dTransposeLayerInput'];
export type Conv3dLayer = components['schemas']['Conv3dLayer'];
export type Conv3dLayerInput = components['schemas']['Conv3dLayerInput'];
export type ConvLstm2dLayer = components['schemas']['ConvLstm2dLayer'];
export type ConvLstm2dLayerInput = components['schemas']['ConvLstm2dLayerInput'];
export type CosineDistanceLoss = components['schemas']['CosineDistanceLoss'];
export type CosineRestartsSchedule = components['schemas']['CosineRestartsSchedule'];
export type CosineRestartsScheduleInput = components['schemas']['CosineRestartsScheduleInput'];
export type CosineSchedule = components['schemas']['CosineSchedule'];
export type CosineScheduleInput = components['schemas']['CosineScheduleInput'];
export type Cropping2dLayer = components['schemas']['Cropping2dLayer'];
export type Cropping2dLayerInput = components['schemas']['Cropping2dLayerInput'];
export type CsvData = components['schemas']['CsvData'];
export type CsvDataInput = components['schemas']['CsvDataInput'];
export type Data = components['schemas']['Data'];
export type DataInput = components['schemas']['DataInput'];
export type DataPlace = components['schemas']['DataPlace'];
export type Dataset = components['schemas']['Dataset'];
export type DatasetId = components['schemas']['DatasetId'];
export type DatasetPage = components['schemas']['DatasetPage'];
export type DatasetState = components['schemas']['DatasetState'];
export type DatasetUpload = components['schemas']['DatasetUpload'];
export type DatasetUploads = components['schemas']['DatasetUploads'];
export type DenseLayer = components['schemas']['DenseLayer'];
export type DenseLayerInput = components['schemas']['DenseLayerInput'];
export type DepthwiseConv2dLayer = components['schemas']['DepthwiseConv2dLayer'];
export type DepthwiseConv2dLayerInput = components['schemas']['DepthwiseConv2dLayerInput'];
export type DiabetesData = components['schemas']['DiabetesData'];
export type DiabetesDataInput = components['schemas']['DiabetesDataInput'];
export type Diagnostics = components['schemas']['Diagnostics'];
export type DigitsData = components['schemas']['DigitsData'];
export type DigitsDataInput = components['schemas']['DigitsDataInput'];
export type DotLayer = components['schemas']['DotLayer'];
export type DotLayerInput = components['schemas']['DotLayerInput'];
export type DropoutLayer = components['schemas']['DropoutLayer'];
export type DropoutLayerInput = components['schemas']['DropoutLayerInput'];
export type EarlyStopping = components['schemas']['EarlyStopping'];
export type EarlyStoppingInput = components['schemas']['EarlyStoppingInput'];
export type EmbeddingLayer = components['schemas']['EmbeddingLayer'];
export type EmbeddingLayerInput = components['schemas']['EmbeddingLayerInput'];
export type EnsembleAverage = components['schemas']['EnsembleAverage'];
export type EnsembleJob = components['schemas']['EnsembleJob'];
export type EnsembleResult = components['schemas']['EnsembleResult'];
export type EnsembleSpec = components['schemas']['EnsembleSpec'];
export type EnsembleSpecInput = components['schemas']['EnsembleSpecInput'];
export type ErrorCode = components['schemas']['ErrorCode'];
export type ErrorDetail = components['schemas']['ErrorDetail'];
export type EvaluateJob = components['schemas']['EvaluateJob'];
export type EvaluateResult = components['schemas']['EvaluateResult'];
export type EvaluateSpec = components['schemas']['EvaluateSpec'];
export type EvaluateSpecInput = components['schemas']['EvaluateSpecInput'];
export type Event = components['schemas']['Event'];
export type EventBody = components['schemas']['EventBody'];
export type ExponentialSchedule = components['schemas']['ExponentialSchedule'];
export type ExponentialScheduleInput = components['schemas']['ExponentialScheduleInput'];
export type FashionMnistData = components['schemas']['FashionMnistData'];
export type FashionMnistDataInput = components['schemas']['FashionMnistDataInput'];
export type FileContents = components['schemas']['FileContents'];
export type Finding = components['schemas']['Finding'];
export type FlattenLayer = components['schemas']['FlattenLayer'];
export type FlattenLayerInput = components['schemas']['FlattenLayerInput'];
export type Forecast = components['schemas']['Forecast'];
export type GaussianDropoutLayer = components['schemas']['GaussianDropoutLayer'];
export type GaussianDropoutLayerInput = components['schemas']['GaussianDropoutLayerInput'];
export type GaussianNoiseLayer = components['schemas']['GaussianNoiseLayer'];
export type GaussianNoiseLayerInput = components['schemas']['GaussianNoiseLayerInput'];
export type GlobalAveragePooling1dLayer = components['schemas']['GlobalAveragePooling1dLayer'];
export type GlobalAveragePooling1dLayerInput = components['schemas']['GlobalAveragePooling1dLayerInput'];
export type GlobalAveragePooling2dLayer = components['schemas']['GlobalAveragePooling2dLayer'];
export type GlobalAveragePooling2dLayerInput = components['schemas']['GlobalAveragePooling2dLayerInput'];
export type GlobalMaxPooling1dLayer = components['schemas']['GlobalMaxPooling1dLayer'];
export type GlobalMaxPooling1dLayerInput = components['schemas']['GlobalMaxPooling1dLayerInput'];
export type GlobalMaxPooling2dLayer = components['schemas']['GlobalMaxPooling2dLayer'];
export type GlobalMaxPooling2dLayerInput = components['schemas']['GlobalMaxPooling2dLayerInput'];
export type GruLayer = components['schemas']['GruLayer'];
export type GruLayerInput = components['schemas']['GruLayerInput'];
export type Health = components['schemas']['Health'];
export type HierarchicalSoftmaxLayer = components['schemas']['HierarchicalSoftmaxLayer'];
export type HierarchicalSoftmaxLayerInput = components['schemas']['HierarchicalSoftmaxLayerInput'];
export type HuberLoss = components['schemas']['HuberLoss'];
export type HuberLossInput = components['schemas']['HuberLossInput'];
export type IdxData = components['schemas']['IdxData'];
export type IdxDataInput = components['schemas']['IdxDataInput'];
export type ImagesData = components['schemas']['ImagesData'];
export type ImagesDataInput = components['schemas']['ImagesDataInput'];
export type Initializer = components['schemas']['Initializer'];
export type InspectJob = components['schemas']['InspectJob'];
export type InspectResult = components['schemas']['InspectResult'];
export type InspectSpec = components['schemas']['InspectSpec'];
export type InspectSpecInput = components['schemas']['InspectSpecInput'];
export type InverseTimeSchedule = components['schemas']['InverseTimeSchedule'];
export type InverseTimeScheduleInput = components['schemas']['InverseTimeScheduleInput'];
export type IrisData = components['schemas']['IrisData'];
export type IrisDataInput = components['schemas']['IrisDataInput'];
export type Job = components['schemas']['Job'];
export type JobKind = components['schemas']['JobKind'];
export type JobPage = components['schemas']['JobPage'];
export type JobState = components['schemas']['JobState'];
export type JsonlData = components['schemas']['JsonlData'];
export type JsonlDataInput = components['schemas']['JsonlDataInput'];
export type KernelRegularization = components['schemas']['KernelRegularization'];
export type KernelRegularizationInput = components['schemas']['KernelRegularizationInput'];
export type KullbackLeiblerLoss = components['schemas']['KullbackLeiblerLoss'];
export type LBfgsUpdate = components['schemas']['LBfgsUpdate'];
export type LBfgsUpdateInput = components['schemas']['LBfgsUpdateInput'];
export type Layer = components['schemas']['Layer'];
export type LayerInput = components['schemas']['LayerInput'];
export type LayerNormalizationLayer = components['schemas']['LayerNormalizationLayer'];
export type LayerNormalizationLayerInput = components['schemas']['LayerNormalizationLayerInput'];
export type LayerReport = components['schemas']['LayerReport'];
export type LeakyReluLayer = components['schemas']['LeakyReluLayer'];
export type LeakyReluLayerInput = components['schemas']['LeakyReluLayerInput'];
export type LionUpdate = components['schemas']['LionUpdate'];
export type LionUpdateInput = components['schemas']['LionUpdateInput'];
export type Loss = components['schemas']['Loss'];
export type LossInput = components['schemas']['LossInput'];
export type LstmLayer = components['schemas']['LstmLayer'];
export type LstmLayerInput = components['schemas']['LstmLayerInput'];
export type MaxPooling1dLayer = components['schemas']['MaxPooling1dLayer'];
export type MaxPooling1dLayerInput = components['schemas']['MaxPooling1dLayerInput'];
export type MaxPooling2dLayer = components['schemas']['MaxPooling2dLayer'];
export type MaxPooling2dLayerInput = components['schemas']['MaxPooling2dLayerInput'];
export type MaxPooling3dLayer = components['schemas']['MaxPooling3dLayer'];
export type MaxPooling3dLayerInput = components['schemas']['MaxPooling3dLayerInput'];
export type MaximumLayer = components['schemas']['MaximumLayer'];
export type MaximumLayerInput = components['schemas']['MaximumLayerInput'];
export type MaxoutLayer = components['schemas']['MaxoutLayer'];
export type MaxoutLayerInput = components['schemas']['MaxoutLayerInput'];
export type MeanAbsoluteErrorLoss = components['schemas']['MeanAbsoluteErrorLoss'];
export type MeanSquaredErrorLoss = components['schemas']['MeanSquaredErrorLoss'];
export type MetricName = components['schemas']['MetricName'];
export type Metrics = components['schemas']['Metrics'];
export type MilestonesSchedule = components['schemas']['MilestonesSchedule'];
export type MilestonesScheduleInput = components['schemas']['MilestonesScheduleInput'];
export type MinimumLayer = components['schemas']['MinimumLayer'];
export type MinimumLayerInput = components['schemas']['MinimumLayerInput'];
export type MnistData = components['schemas']['MnistData'];
export type MnistDataInput = components['schemas']['MnistDataInput'];
export type Model = components['schemas']['Model'];
export type ModelInput = components['schemas']['ModelInput'];
export type ModelSource = components['schemas']['ModelSource'];
export type ModelSourceInput = components['schemas']['ModelSourceInput'];
export type ModuleLayer = components['schemas']['ModuleLayer'];
export type ModuleLayerInput = components['schemas']['ModuleLayerInput'];
export type ModuleLoss = components['schemas']['ModuleLoss'];
export type ModuleLossInput = components['schemas']['ModuleLossInput'];
export type ModuleUpdate = components['schemas']['ModuleUpdate'];
export type ModuleUpdateInput = components['schemas']['ModuleUpdateInput'];
export type ModuleWeight = components['schemas']['ModuleWeight'];
export type ModuleWeightInput = components['schemas']['ModuleWeightInput'];
export type MomentumUpdate = components['schemas']['MomentumUpdate'];
export type MomentumUpdateInput = components['schemas']['MomentumUpdateInput'];
export type Monitor = components['schemas']['Monitor'];
export type MultiplyLayer = components['schemas']['MultiplyLayer'];
export type MultiplyLayerInput = components['schemas']['MultiplyLayerInput'];
export type NadamUpdate = components['schemas']['NadamUpdate'];
export type NadamUpdateInput = components['schemas']['NadamUpdateInput'];
export type NesterovUpdate = components['schemas']['NesterovUpdate'];
export type NesterovUpdateInput = components['schemas']['NesterovUpdateInput'];
export type NewDatasetInput = components['schemas']['NewDatasetInput'];
export type NewWebhookInput = components['schemas']['NewWebhookInput'];
export type NewtonUpdate = components['schemas']['NewtonUpdate'];
export type NewtonUpdateInput = components['schemas']['NewtonUpdateInput'];
export type NpyData = components['schemas']['NpyData'];
export type NpyDataInput = components['schemas']['NpyDataInput'];
export type NpzData = components['schemas']['NpzData'];
export type NpzDataInput = components['schemas']['NpzDataInput'];
export type Observations = components['schemas']['Observations'];
export type ObservationsInput = components['schemas']['ObservationsInput'];
export type OneCycleSchedule = components['schemas']['OneCycleSchedule'];
export type OneCycleScheduleInput = components['schemas']['OneCycleScheduleInput'];
export type OneVsAllHingeLoss = components['schemas']['OneVsAllHingeLoss'];
export type OneVsAllHingeLossInput = components['schemas']['OneVsAllHingeLossInput'];
export type OwnMetric = components['schemas']['OwnMetric'];
export type OwnMetricInput = components['schemas']['OwnMetricInput'];
export type ParquetData = components['schemas']['ParquetData'];
export type ParquetDataInput = components['schemas']['ParquetDataInput'];
export type Patch = components['schemas']['Patch'];
export type PermuteLayer = components['schemas']['PermuteLayer'];
export type PermuteLayerInput = components['schemas']['PermuteLayerInput'];
export type PlanChoice = components['schemas']['PlanChoice'];
export type PlanReport = components['schemas']['PlanReport'];
export type PlateauSchedule = components['schemas']['PlateauSchedule'];
export type PlateauScheduleInput = components['schemas']['PlateauScheduleInput'];
export type PoissonLoss = components['schemas']['PoissonLoss'];
export type PolynomialSchedule = components['schemas']['PolynomialSchedule'];
export type PolynomialScheduleInput = components['schemas']['PolynomialScheduleInput'];
export type PredictJob = components['schemas']['PredictJob'];
export type PredictResult = components['schemas']['PredictResult'];
export type PredictSpec = components['schemas']['PredictSpec'];
export type PredictSpecInput = components['schemas']['PredictSpecInput'];
export type PreluLayer = components['schemas']['PreluLayer'];
export type PreluLayerInput = components['schemas']['PreluLayerInput'];
export type Preprocessing = components['schemas']['Preprocessing'];
export type PreprocessingInput = components['schemas']['PreprocessingInput'];
export type PriceNote = components['schemas']['PriceNote'];
export type Problem = components['schemas']['Problem'];
export type Progress = components['schemas']['Progress'];
export type ProgressMessage = components['schemas']['ProgressMessage'];
export type Range = components['schemas']['Range'];
export type RangeTestSchedule = components['schemas']['RangeTestSchedule'];
export type RangeTestScheduleInput = components['schemas']['RangeTestScheduleInput'];
export type Regularization = components['schemas']['Regularization'];
export type RegularizationInput = components['schemas']['RegularizationInput'];
export type RepeatVectorLayer = components['schemas']['RepeatVectorLayer'];
export type RepeatVectorLayerInput = components['schemas']['RepeatVectorLayerInput'];
export type ReshapeLayer = components['schemas']['ReshapeLayer'];
export type ReshapeLayerInput = components['schemas']['ReshapeLayerInput'];
export type RmspropUpdate = components['schemas']['RmspropUpdate'];
export type RmspropUpdateInput = components['schemas']['RmspropUpdateInput'];
export type RunCost = components['schemas']['RunCost'];
export type Schedule = components['schemas']['Schedule'];
export type ScheduleInput = components['schemas']['ScheduleInput'];
export type SeparableConv2dLayer = components['schemas']['SeparableConv2dLayer'];
export type SeparableConv2dLayerInput = components['schemas']['SeparableConv2dLayerInput'];
export type Series = components['schemas']['Series'];
export type SfoUpdate = components['schemas']['SfoUpdate'];
export type SfoUpdateInput = components['schemas']['SfoUpdateInput'];
export type SgdUpdate = components['schemas']['SgdUpdate'];
export type SigmoidCrossEntropyLoss = components['schemas']['SigmoidCrossEntropyLoss'];
export type SigmoidCrossEntropyLossInput = components['schemas']['SigmoidCrossEntropyLossInput'];
export type SimpleRnnLayer = components['schemas']['SimpleRnnLayer'];
export type SimpleRnnLayerInput = components['schemas']['SimpleRnnLayerInput'];
export type SoftmaxCrossEntropyLoss = components['schemas']['SoftmaxCrossEntropyLoss'];
export type SoftmaxCrossEntropyLossInput = components['schemas']['SoftmaxCrossEntropyLossInput'];
export type SpatialDropout1dLayer = components['schemas']['SpatialDropout1dLayer'];
export type SpatialDropout1dLayerInput = components['schemas']['SpatialDropout1dLayerInput'];
export type SpecInput = components['schemas']['SpecInput'];
export type Split = components['schemas']['Split'];
export type SplitInput = components['schemas']['SplitInput'];
export type StepSchedule = components['schemas']['StepSchedule'];
export type StepScheduleInput = components['schemas']['StepScheduleInput'];
export type StreamEnd = components['schemas']['StreamEnd'];
export type ThreeArmSpiralData = components['schemas']['ThreeArmSpiralData'];
export type ThreeArmSpiralDataInput = components['schemas']['ThreeArmSpiralDataInput'];
export type TrainJob = components['schemas']['TrainJob'];
export type TrainResult = components['schemas']['TrainResult'];
export type TrainSpec = components['schemas']['TrainSpec'];
export type TrainSpecInput = components['schemas']['TrainSpecInput'];
export type TrainedEnsemble = components['schemas']['TrainedEnsemble'];
export type TrainedEnsembleInput = components['schemas']['TrainedEnsembleInput'];
export type TwoSpiralsData = components['schemas']['TwoSpiralsData'];
export type TwoSpiralsDataInput = components['schemas']['TwoSpiralsDataInput'];
export type UpSampling2dLayer = components['schemas']['UpSampling2dLayer'];
export type UpSampling2dLayerInput = components['schemas']['UpSampling2dLayerInput'];
export type Update = components['schemas']['Update'];
export type UpdateInput = components['schemas']['UpdateInput'];
export type ValidationReport = components['schemas']['ValidationReport'];
export type WarmStart = components['schemas']['WarmStart'];
export type WarmUp = components['schemas']['WarmUp'];
export type WarmUpInput = components['schemas']['WarmUpInput'];
export type Webhook = components['schemas']['Webhook'];
export type WebhookEvent = components['schemas']['WebhookEvent'];
export type WebhookList = components['schemas']['WebhookList'];
export type WebhookMessage = components['schemas']['WebhookMessage'];
export type WebhookWithSecret = components['schemas']['WebhookWithSecret'];
export type WeightDecay = components['schemas']['WeightDecay'];
export type WeightDecayInput = components['schemas']['WeightDecayInput'];
export type WestonWatkinsLoss = components['schemas']['WestonWatkinsLoss'];
export type WestonWatkinsLossInput = components['schemas']['WestonWatkinsLossInput'];
export type WineData = components['schemas']['WineData'];
export type WineDataInput = components['schemas']['WineDataInput'];
export type ZeroPadding2dLayer = components['schemas']['ZeroPadding2dLayer'];
export type ZeroPadding2dLayerInput = components['schemas']['ZeroPadding2dLayerInput'];
export type $defs = Record<string, never>;
export interface operations {
    listJobs: {
        parameters: {
            query?: {
                /** @description Only jobs in this state. */
                state?: components["schemas"]["JobState"];
                /** @description Only jobs of this kind. */
                kind?: components["schemas"]["JobKind"];
                /** @description Only jobs with this tag, as `key:value`; may be given several times, all must match. */
                tag?: string[];
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Jobs a page. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 characters of your own, kept for at least 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The spec of the job. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "train",
                 *       "name": "clothes",
                 *       "data": {
                 *         "type": "fashion-mnist"
                 *       },
                 *       "model": {
                 *         "layers": [
                 *           {
                 *             "type": "conv2d",
                 *             "filters": 32,
                 *             "kernelSize": 3,
                 *             "activation": "relu"
                 *           },
                 *           {
                 *             "type": "max-pooling2d",
                 *             "poolSize": 2
                 *           },
                 *           {
                 *             "type": "flatten"
                 *           },
                 *           {
                 *             "type": "dropout",
                 *             "rate": 0.25
                 *           },
                 *           {
                 *             "type": "dense",
                 *             "units": 10
                 *           }
                 *         ]
                 *       },
                 *       "loss": {
                 *         "type": "softmax-cross-entropy"
                 *       },
                 *       "regularization": {
                 *         "l2": 0.0001
                 *       },
                 *       "update": {
                 *         "rule": "adam"
                 *       },
                 *       "schedule": {
                 *         "type": "constant",
                 *         "rate": 0.001
                 *       },
                 *       "batchSize": 64,
                 *       "budget": {
                 *         "epochs": 3
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SpecInput"];
            };
        };
        responses: {
            /** @description The job that the same key and body made before. */
            200: {
                headers: {
                    /** @description Path of the job. */
                    Location?: string;
                    /** @description `true` */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The new job. */
            201: {
                headers: {
                    /** @description Path of the job. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_json`, `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_spec`, `unknown_field`, `shape_mismatch`, `model_too_large`, `budget_exceeded`, `data_missing`, `data_damaged` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_full` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validateJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The spec of the job. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "train",
                 *       "name": "clothes",
                 *       "data": {
                 *         "type": "fashion-mnist"
                 *       },
                 *       "model": {
                 *         "layers": [
                 *           {
                 *             "type": "conv2d",
                 *             "filters": 32,
                 *             "kernelSize": 3,
                 *             "activation": "relu"
                 *           },
                 *           {
                 *             "type": "max-pooling2d",
                 *             "poolSize": 2
                 *           },
                 *           {
                 *             "type": "flatten"
                 *           },
                 *           {
                 *             "type": "dropout",
                 *             "rate": 0.25
                 *           },
                 *           {
                 *             "type": "dense",
                 *             "units": 10
                 *           }
                 *         ]
                 *       },
                 *       "loss": {
                 *         "type": "softmax-cross-entropy"
                 *       },
                 *       "regularization": {
                 *         "l2": 0.0001
                 *       },
                 *       "update": {
                 *         "rule": "adam"
                 *       },
                 *       "schedule": {
                 *         "type": "constant",
                 *         "rate": 0.001
                 *       },
                 *       "batchSize": 64,
                 *       "budget": {
                 *         "epochs": 3
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SpecInput"];
            };
        };
        responses: {
            /** @description The spec can be run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationReport"];
                };
            };
            /** @description `invalid_json`, `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_spec`, `unknown_field`, `shape_mismatch`, `model_too_large`, `budget_exceeded`, `data_missing`, `data_damaged` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retrieveJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description Only events with a larger `seq`; Last-Event-ID goes before it. */
                after?: number;
            };
            header?: {
                /** @description The id of the last event received. */
                "Last-Event-ID"?: number;
            };
            path: {
                /** @description Id of the job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream; the schema is that of each `data`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        id?: string;
                        event: string;
                        data: string;
                    };
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMetrics: {
        parameters: {
            query?: {
                /** @description Separated by commas; those of every job when left out. */
                names?: components["schemas"]["MetricName"][];
                /** @description First step, from 1. */
                from?: number;
                /** @description Last step. */
                to?: number;
                /** @description Most points a series. */
                resolution?: number;
            };
            header?: never;
            path: {
                /** @description Id of the job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The series. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metrics"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDiagnostics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All findings so far. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnostics"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCheckpoints: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All checkpoints so far. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckpointList"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listArtifacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All artifacts so far. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactList"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadArtifact: {
        parameters: {
            query?: never;
            header?: {
                /** @description As in `bytes=0-1023`. */
                Range?: string;
                /** @description The ETag that the range belongs to. */
                "If-Range"?: string;
                /** @description The ETag already held. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description Id of the job. */
                id: string;
                /** @description Name of the artifact; its slashes may stand as they are. */
                name: components["schemas"]["ArtifactName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole. */
            200: {
                headers: {
                    /** @description SHA-256 of the whole artifact. */
                    ETag?: string;
                    /** @description `bytes` */
                    "Accept-Ranges"?: string;
                    /** @description The last part of the name. */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description The range. */
            206: {
                headers: {
                    /** @description SHA-256 of the whole artifact. */
                    ETag?: string;
                    /** @description `bytes` */
                    "Accept-Ranges"?: string;
                    /** @description The last part of the name. */
                    "Content-Disposition"?: string;
                    /** @description As in `bytes 0-1023/4096`. */
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description The artifact is the one already held. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Where a large artifact is to be had as a whole: a request to the store itself, good for a few minutes. */
            307: {
                headers: {
                    /** @description The request. Whoever has it may read the artifact. */
                    Location?: string;
                    /** @description SHA-256 of the whole artifact. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`, `artifact_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `range_not_satisfiable` */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readLogs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All attempts so far, oldest first; empty before the first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDatasets: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Data sets a page. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetPage"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDataset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The files, and how they are read. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "flowers",
                 *       "files": [
                 *         {
                 *           "name": "flowers.csv",
                 *           "size": 2734,
                 *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                 *         }
                 *       ],
                 *       "data": {
                 *         "type": "csv",
                 *         "file": "flowers.csv",
                 *         "features": [
                 *           "length",
                 *           "width"
                 *         ],
                 *         "label": "kind",
                 *         "classes": 3
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewDatasetInput"];
            };
        };
        responses: {
            /** @description The data set. */
            201: {
                headers: {
                    /** @description Path of the data set. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetUploads"];
                };
            };
            /** @description `invalid_json`, `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_spec`, `unknown_field`, `shape_mismatch` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retrieveDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data set. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The data set. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data set. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUploads: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data set. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The data set, and what is missing. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetUploads"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `data_damaged` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data set. */
                id: string;
                /** @description Name of the file; its slashes may stand as they are. */
                name: components["schemas"]["ArtifactName"];
            };
            cookie?: never;
        };
        /** @description The bytes of the file. */
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description It has come. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`, `artifact_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `data_damaged` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_full` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    completeDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data set. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The data set, which is being checked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `data_missing`, `data_damaged` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_full` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Where messages go, and of what. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/anneal",
                 *       "events": [
                 *         "job.succeeded",
                 *         "job.failed"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhookInput"];
            };
        };
        responses: {
            /** @description The webhook, with its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description `invalid_json`, `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the webhook. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone; what was to be sent to it is not. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the webhook. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook, with its new secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page that loads nothing else. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description `invalid_request` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveWebhook: {
        parameters: {
            query?: never;
            header: {
                "webhook-id": string;
                "webhook-timestamp": string;
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description What has become of a job. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookMessage"];
            };
        };
        responses: {
            /** @description Send no more: the webhook is removed. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has come. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
