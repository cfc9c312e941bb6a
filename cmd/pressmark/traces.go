package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// lastSpans is how long the end of the program may wait for the collector.
const lastSpans = 3 * time.Second

// openTraces returns the tracer that OTEL_EXPORTER_OTLP_ENDPOINT, or that of traces alone,
// asks for, and what sends the last spans; nil if neither is set. Spans go over
// OTLP/HTTP; sampling, headers and the service's name follow OpenTelemetry's variables.
func openTraces(ctx context.Context, log *slog.Logger) (trace.Tracer, func()) {
	nothing := func() {}
	if os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT") == "" && os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") == "" {
		return nil, nothing
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		log.Warn("no traces: the collector's address cannot be used", "error", err)
		return nil, nothing
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "pressmark"), attribute.String("service.version", version)), resource.WithFromEnv())
	if err != nil {
		log.Warn("the environment's description of the traces is left out", "error", err)
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithResource(about))
	return provider.Tracer("pressmark"), func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastSpans)
		defer cancel()
		if err := provider.Shutdown(last); err != nil {
			log.Warn("the last traces were not sent", "error", err)
		}
	}
}
