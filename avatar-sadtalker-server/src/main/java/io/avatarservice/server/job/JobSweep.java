package io.avatarservice.server.job;

import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.VideoKey;
import io.avatarservice.server.storage.VideoStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Forgets finished jobs in time, and with them their videos and whatever files were left behind. */
final class JobSweep {

    private static final Logger log = LoggerFactory.getLogger(JobSweep.class);

    // An upload that another server receives has no job yet; no upload pauses that long.
    private static final Duration UPLOAD_PAUSE = Duration.ofHours(1);
    // Until then whoever submitted the batch may still ask why none of its jobs is there.
    private static final Duration FORGOTTEN_BATCH = Duration.ofHours(1);

    private final JobLedger ledger;
    private final VideoStore videos;
    private final WorkDirectories directories;
    private final BatchStore batches;

    JobSweep(JobLedger ledger, VideoStore videos, WorkDirectories directories, BatchStore batches) {
        this.ledger = ledger;
        this.videos = videos;
        this.directories = directories;
        this.batches = batches;
    }

    /** Clears up. Blocks. What fails is tried again the next time. */
    void sweep() {
        try {
            forgetJobs();
            ledger.forgetKeys();
            batches.removeForgotten(ledger.now().minus(FORGOTTEN_BATCH));
            ledger.adopt();
            deleteLeftOvers();
        } catch (DataAccessException | TransactionException e) {
            log.warn("The sweep is put off: the database does not answer ({})", e.getMessage());
        }
    }

    private void forgetJobs() {
        for (List<Job> jobs = ledger.forgettable(); !jobs.isEmpty(); jobs = ledger.forgettable()) {
            boolean any = false;
            for (Job job : jobs) {
                // The row goes last: without it nobody would know the videos.
                if (deleteVideos(job)) {
                    ledger.forget(job.id());
                    any = true;
                }
            }
            if (!any) {
                return;
            }
        }
    }

    private boolean deleteVideos(Job job) {
        try {
            Set<VideoKey> keys = new HashSet<>();
            if (job.result() != null) {
                keys.add(job.result().video().key());
            }
            job.runs().all().forEach(lease -> keys.add(lease.video()));
            keys.forEach(videos::delete);
            return true;
        } catch (ProblemException e) {
            log.warn("Job {} is kept for now: its video cannot be deleted", job.id(), e);
            return false;
        }
    }

    private void deleteLeftOvers() {
        // Listed before the jobs are asked: a directory that comes between the two is not looked at.
        List<WorkDirectory> all = directories.all();
        Map<String, JobStatus> jobs =
                ledger.directories(all.stream().map(WorkDirectory::name).toList());
        Instant longAgo = ledger.now().minus(UPLOAD_PAUSE);
        for (WorkDirectory directory : all) {
            JobStatus job = jobs.get(directory.name());
            boolean leftOver = job == null
                    ? directories.isOfFormerLife(directory) || WorkDirectories.untouchedSince(longAgo, directory)
                    : job.finished();
            if (leftOver) {
                directory.delete();
            }
        }
    }
}
