/// The configuration that `wirewatch init` writes: small, complete, and with a comment where a choice is to be made.
enum StarterConfiguration {
    static let text = #"""
        # wirewatch: what to watch, what to find, when to alert. After a change: wirewatch check && wirewatch reload
        # All options: wirewatch docs, or wirewatch plugins show NAME

        # Where wirewatch remembers what it has done.
        state: state

        sources:
          # Takes in every page, page-text dump, feed and .jsonl file that appears or changes in this folder.
          - name: inbox
            type: files
            path: inbox

        pipeline:
          # Topics by weighted terms. Terms under `vague` support the others and never carry the topic alone.
          - type: classify
            topics:
              robotics:
                terms: [robot, humanoid, robotic arm, exoskeleton]
                vague: [automation, actuator]
              batteries:
                terms: [lithium, solid-state battery, cathode, gigafactory]
                vague: [battery, charging]

          # Drops what came before, under the same or another address.
          - type: dedupe
            window: 30d

          # Puts the reports of one event into one story.
          - type: story

          # Alerts, by rules. `wirewatch explain FILE` shows why a rule held, or did not.
          - type: alert
            rules:
              - id: robots-at-work
                when:
                  topic: robotics
                  text: {any: [factory, warehouse, hospital]}
                alert: {severity: medium, message: "Robots at work: {title}"}

        sinks:
          - name: articles
            type: json_log
            path: logs/articles.jsonl
            records: articles

          - name: alerts
            type: json_log
            path: logs/alerts.jsonl
            records: alerts
            rotate: {max_size: 64MiB, every: 1d, keep: 30, compress: gzip}

          # Documents that could not be processed, with the reason.
          - name: dead_letters
            type: json_log
            path: logs/dead_letters.jsonl
            records: dead_letters

        """#
}
