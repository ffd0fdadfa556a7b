package metrics

import "github.com/prometheus/client_golang/prometheus"

// readingsOf collects numbers that are asked for when somebody looks. A number
// that cannot be told is left out, which an alarm can notice; nothing else is.
func readingsOf(readings []Reading) prometheus.Collector {
	c := collector{}
	for _, r := range readings {
		kind := prometheus.GaugeValue
		if r.Counts {
			kind = prometheus.CounterValue
		}
		c = append(c, told{prometheus.NewDesc(r.Name, r.Help, nil, nil), kind, r.Value})
	}
	return c
}

type told struct {
	desc  *prometheus.Desc
	kind  prometheus.ValueType
	value func() (float64, bool)
}

type collector []told

// Describe implements prometheus.Collector.
func (c collector) Describe(to chan<- *prometheus.Desc) {
	for _, t := range c {
		to <- t.desc
	}
}

// Collect implements prometheus.Collector.
func (c collector) Collect(to chan<- prometheus.Metric) {
	for _, t := range c {
		if v, ok := t.value(); ok {
			to <- prometheus.MustNewConstMetric(t.desc, t.kind, v)
		}
	}
}
