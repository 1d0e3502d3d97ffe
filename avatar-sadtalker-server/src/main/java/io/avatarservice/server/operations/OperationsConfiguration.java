package io.avatarservice.server.operations;

import io.avatarservice.server.job.JobService;
import io.avatarservice.server.job.StateProperties;
import io.avatarservice.server.job.WorkDirectories;
import io.avatarservice.server.storage.StorageProperties;
import io.avatarservice.server.storage.StorageProvider;
import io.avatarservice.server.storage.StoreCondition;
import io.avatarservice.server.torch.TorchRuntime;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OperationsProperties.class)
class OperationsConfiguration {

    /** Written like {@code job_id} and everything else in the log's context. */
    @Bean
    Slf4JEventListener otelSlf4JEventListener() {
        return new Slf4JEventListener("trace_id", "span_id");
    }

    @Bean
    HealthIndicator serviceHealthIndicator(JobService jobs, StoreCondition store, Disks disks) {
        return new ServiceHealthIndicator(jobs::load, store::failing, disks::nearlyFull);
    }

    @Bean
    HealthIndicator startupHealthIndicator(JobService jobs) {
        return new StartupHealthIndicator(jobs::load);
    }

    @Bean
    Disks disks(
            StateProperties state, WorkDirectories work, StorageProperties storage, OperationsProperties properties) {
        Map<String, Path> directories = new LinkedHashMap<>();
        directories.put("state", state.resolvedStateDir());
        directories.put("work", work.root());
        if (storage.provider() == StorageProvider.LOCAL) {
            directories.put("media", storage.local().resolvedDirectory());
        }
        return new Disks(directories, properties.diskReserve());
    }

    @Bean
    MeterBinder memoryMetrics(TorchRuntime torch) {
        return new MemoryMetrics(torch::memoryInUse);
    }
}
