"""The questionnaire of a survey: a flow script, answered in one sitting."""
