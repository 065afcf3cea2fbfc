ALTER TABLE plan_changes DROP CONSTRAINT ck_plan_changes_changekind;
ALTER TABLE plan_changes ADD CONSTRAINT ck_plan_changes_changekind CHECK (kind IN ('move', 'pin', 'undo', 'redo'));
