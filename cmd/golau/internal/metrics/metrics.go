// Package metrics counts what the program does, for whoever runs it, in the form
// that Prometheus reads.
//
// It knows patterns of routes and classes of statuses, numbers and ages. It does
// not know who did anything, from where, or to whom: no label can hold a name,
// an address or an id.
package metrics

import (
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Reading is a number that is asked for when somebody looks. It may say that it
// cannot be told just now.
type Reading struct {
	Name, Help string
	Counts     bool // only ever goes up
	Value      func() (value float64, ok bool)
}

// Meter counts requests and serves everything at /metrics.
type Meter struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
}

// New returns a meter with these readings beside the requests and the runtime.
func New(version string, readings []Reading) *Meter {
	m := &Meter{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "golau_requests_total",
			Help: "Requests by pattern of the route and class of the status."}, []string{"route", "class"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "golau_request_seconds",
			Help:    "How long requests took, by pattern of the route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}}, []string{"route"}),
	}
	info := prometheus.NewGauge(prometheus.GaugeOpts{Name: "golau_info", Help: "The version that runs.", ConstLabels: prometheus.Labels{"version": version}})
	info.Set(1)
	m.registry.MustRegister(m.requests, m.took, info, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), readingsOf(readings))
	return m
}

// Observe counts a request. What no route matched is one route, whatever its
// path: paths are for the visitor to choose, and patterns are not.
func (m *Meter) Observe(route string, status int, took time.Duration) {
	if route == "" {
		route = "other"
	}
	m.requests.WithLabelValues(route, class(status)).Inc()
	m.took.WithLabelValues(route).Observe(took.Seconds())
}

func class(status int) string {
	if status < 100 || status > 599 {
		return "none" // the client had gone
	}
	return strconv.Itoa(status/100) + "xx"
}

// Handler answers /metrics and nothing else.
func (m *Meter) Handler(log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn), MaxRequestsInFlight: 4, Timeout: 10 * time.Second}))
	return mux
}
